/** From a build backend to what Buildroot's python-package infrastructure calls a setup type. Source: package/pkg-python.mk. */
import { markerHolds, type MarkerEnvironment } from "./standards/marker.js";
import { parseRequirement } from "./standards/requirement.js";
import { satisfies } from "./standards/version.js";
import type { BuildrootPythonPackage, BuildSystem, ProjectFacts } from "./types.js";

const setupTypes: readonly (readonly [backend: RegExp, setupType: string, brings: readonly string[]])[] = [
  [/^(?:setuptools\.build_meta|pbr\.build)\b/, "setuptools", ["setuptools"]],
  [/^hatchling\.build\b/, "hatch", ["hatchling"]],
  [/^flit_core\.buildapi\b/, "flit", ["flit-core"]],
  [/^poetry\.core\.masonry\.api\b/, "poetry", ["poetry-core"]],
  [/^maturin\b/, "maturin", ["maturin"]],
];

function rowOf({ backend }: BuildSystem): (typeof setupTypes)[number] | undefined {
  return setupTypes.find(([pattern]) => pattern.test(backend));
}

/** Undefined for a backend that no setup type runs. */
export function setupTypeOf(build: BuildSystem): string | undefined {
  return rowOf(build)?.[1];
}

/** Host packages that a build needs beyond those of its setup type, and what Buildroot cannot give. */
export function hostPackagesOf(
  facts: ProjectFacts,
  buildroot: ReadonlyMap<string, BuildrootPythonPackage>,
  environment: MarkerEnvironment,
): { readonly packages: readonly string[]; readonly problems: readonly string[] } {
  const brought = new Set(rowOf(facts.build)?.[2]);
  const packages = new Set<string>();
  const problems: string[] = [];
  for (const line of facts.build.requires) {
    const requirement = parseRequirement(line);
    if (requirement === undefined) continue;
    const { name, specifier, marker } = requirement;
    // A backend that is part of the distribution names itself.
    if (name === facts.name) continue;
    if (marker !== undefined && !markerHolds(marker, environment)) continue;
    const found = buildroot.get(name);
    if (found === undefined || !found.host) {
      problems.push(`${facts.name} ${facts.version} is built with ${name}, which Buildroot has not got for the host`);
    } else if (!satisfies(found.version, specifier)) {
      problems.push(`${facts.name} ${facts.version} is built with ${name}${specifier}; Buildroot has ${found.version}`);
    } else if (!brought.has(name)) packages.add(`host-${found.package}`);
  }
  return { packages: [...packages].sort(), problems };
}
