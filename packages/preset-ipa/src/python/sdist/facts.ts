import { createHash } from "node:crypto";
import { parse as parseToml } from "smol-toml";
import { parseRequirement } from "../standards/requirement.js";
import type { BuildSystem, LicenceFile, ProjectFacts } from "../types.js";
import { isLicenceFile, licenceOfName, licenceOfText } from "./licence.js";
import { parsePkgInfo } from "./pkg-info.js";
import { readTarball } from "./tar.js";

type Files = ReadonlyMap<string, Uint8Array>;
type Fields = ReadonlyMap<string, readonly string[]>;

/** What only the index knows of a source distribution. */
export type IndexFacts = Pick<ProjectFacts, "name" | "version" | "file" | "site" | "sha256">;

/** Reads what a source distribution says about itself: PKG-INFO, pyproject.toml or setup.py, licences. */
export function readSourceDistribution(bytes: Uint8Array, known: IndexFacts): ProjectFacts {
  const files = readTarball(bytes);
  const fields = parsePkgInfo(textOf(files, "PKG-INFO"));
  const licenceFiles = findLicences(files, fields);
  return {
    name: known.name,
    title: first(fields, "name") || known.name,
    version: known.version,
    file: known.file,
    site: known.site,
    sha256: known.sha256,
    summary: first(fields, "summary"),
    homepage: homepage(fields, known.name),
    requiresPython: first(fields, "requires-python"),
    requires: requirements(files, fields),
    build: buildSystem(files),
    licence: licence(files, fields, licenceFiles),
    licenceFiles,
  };
}

function textOf(files: Files, path: string): string {
  return new TextDecoder().decode(files.get(path));
}

function first(fields: Fields, name: string): string {
  const value = fields.get(name)?.[0]?.trim() ?? "";
  return value === "UNKNOWN" ? "" : value;
}

function homepage(fields: Fields, name: string): string {
  const urls = (fields.get("project-url") ?? []).map((entry) => entry.split(",").map((part) => part.trim()));
  const named =
    urls.find(([label]) => label?.toLowerCase() === "homepage") ?? urls.find(([, url]) => url !== undefined);
  return first(fields, "home-page") || (named?.[1] ?? `https://pypi.org/project/${name}`);
}

/**
 * Requirements at run time. Requires-Dist if there is one; else requirements.txt, which pbr puts into the metadata of
 * what it builds and older ones did not put into PKG-INFO. Those of extras are left out.
 */
function requirements(files: Files, fields: Fields): readonly string[] {
  const listed = fields.get("requires-dist");
  const usesPbr = /\bpbr\b/.test(textOf(files, "setup.py"));
  const lines = listed ?? (usesPbr ? textOf(files, "requirements.txt").split("\n") : []);
  return lines
    .map((line) => line.replace(/(?:^|\s)#.*$/, "").trim())
    .filter((line) => line !== "" && !/;.*\bextra\s*[=!]=/.test(line))
    .filter((line) => parseRequirement(line) !== undefined)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/**
 * Source: PEP 517 and 518; without [build-system] it is setuptools. What setup.py asks for counts either way: the backend
 * hands it on, and a build without isolation ends where it is missing.
 */
function buildSystem(files: Files): BuildSystem {
  const asked = /setup_requires\s*=\s*\[([^\]]*)\]/.exec(textOf(files, "setup.py"))?.[1] ?? "";
  const setupRequires = [...asked.matchAll(/["']([^"']+)["']/g)].map((match) => match[1]!);
  const table = (parseToml(textOf(files, "pyproject.toml")) as { "build-system"?: Record<string, unknown> })[
    "build-system"
  ];
  const backend = table?.["build-backend"];
  const listed = table?.["requires"];
  return {
    backend: typeof backend === "string" ? backend : "setuptools.build_meta",
    requires: [...new Set([...(Array.isArray(listed) ? listed.map(String) : []), ...setupRequires])],
    inTree: Array.isArray(table?.["backend-path"]),
  };
}

function findLicences(files: Files, fields: Fields): readonly LicenceFile[] {
  const named = (fields.get("license-file") ?? []).filter((path) => isLicenceFile(path) && files.has(path));
  const paths =
    named.length > 0 ? named : [...files.keys()].filter((path) => !path.includes("/") && isLicenceFile(path));
  return [...new Set(paths)]
    .sort()
    .map((path) => ({ path, sha256: createHash("sha256").update(files.get(path)!).digest("hex") }));
}

function licence(files: Files, fields: Fields, licences: readonly LicenceFile[]): string {
  const expression = first(fields, "license-expression");
  if (expression !== "") return expression;
  const found = licences.map(({ path }) => licenceOfText(textOf(files, path))).filter((name) => name !== undefined);
  if (found.length > 0) return [...new Set(found)].join(", ");
  const said = [first(fields, "license").split("\n")[0]!, ...(fields.get("classifier") ?? [])];
  const named = said.filter((entry, index) => index === 0 || entry.startsWith("License ::")).map(licenceOfName);
  return named.find((name) => name !== undefined) ?? said[0]!;
}
