import { PresetError } from "../errors.js";
import { hostPackagesOf, setupTypeOf } from "./backend.js";
import { linuxEnvironment, markerHolds, type MarkerEnvironment } from "./standards/marker.js";
import { parseRequirement, type Requirement } from "./standards/requirement.js";
import { satisfies } from "./standards/version.js";
import type {
  Adjustment,
  BuildrootPythonPackage,
  Finding,
  ProjectFacts,
  ProjectSource,
  ReleaseConstraints,
  Resolution,
  ResolvedPackage,
} from "./types.js";

/** What the closure is computed for. */
export interface ResolveOptions {
  readonly source: ProjectSource;
  /** Projects that are packaged whatever requires them, with the version of those that the release does not constrain. */
  readonly roots: Readonly<Record<string, string>>;
  readonly buildroot: ReadonlyMap<string, BuildrootPythonPackage>;
  /** Version of Buildroot's Python, "3.14.5". */
  readonly python: string;
  readonly adjustments: readonly Adjustment[];
}

/**
 * Walks the requirements of the roots: what Buildroot has on the target comes from there, everything else becomes a
 * package of the external tree at the version that the release constrains it to.
 *
 * Findings of severity "error" name what cannot work; the packages are made all the same, so that a diff can be shown.
 *
 * @throws PresetError PROJECT_MISSING where the source has no such project or version
 */
export async function resolvePackages(options: ResolveOptions): Promise<Resolution> {
  const resolver = new Resolver(options, await options.source.constraints());
  for (const name of Object.keys(options.roots).sort()) await resolver.visit(name);
  return resolver.result();
}

class Resolver {
  readonly #options: ResolveOptions;
  readonly #constraints: ReleaseConstraints;
  readonly #environment: MarkerEnvironment;
  readonly #projects = new Map<string, ProjectFacts>();
  readonly #used = new Map<string, BuildrootPythonPackage>();
  /** By message: the same thing is met more than once. */
  readonly #findings = new Map<string, Finding>();

  constructor(options: ResolveOptions, constraints: ReleaseConstraints) {
    this.#options = options;
    this.#constraints = constraints;
    this.#environment = linuxEnvironment(options.python, "x86_64");
  }

  /** Takes a project in that Buildroot does not have, and all that it requires. */
  async visit(name: string): Promise<void> {
    if (this.#projects.has(name)) return;
    const facts = await this.#options.source.project(name, this.#versionOf(name));
    this.#projects.set(name, facts);
    if (!satisfies(this.#options.python, facts.requiresPython))
      this.#find(
        "error",
        "PYTHON_TOO_OLD",
        name,
        `${name} ${facts.version} asks for Python ${facts.requiresPython}; Buildroot has ${this.#options.python}`,
      );
    if (
      !/^[A-Za-z0-9.+-]+(?:(?: (?:AND|OR|WITH) |, )[A-Za-z0-9.+-]+)*$/.test(facts.licence) ||
      facts.licenceFiles.length === 0
    )
      this.#find(
        "error",
        "UNKNOWN_LICENCE",
        name,
        `${name} ${facts.version}: the licence is not known (${facts.licence || "nothing said"}; ${facts.licenceFiles.length} files)`,
      );
    for (const requirement of this.#requirements(facts)) await this.#require(facts, requirement);
  }

  #requirements(facts: ProjectFacts): readonly Requirement[] {
    return facts.requires
      .map((line) => parseRequirement(line)!)
      .filter(({ marker }) => marker === undefined || markerHolds(marker, this.#environment))
      .filter(({ name }) => {
        const dropped = this.#adjustment(facts.name, "without", (entry) => entry.requirement === name);
        if (dropped !== undefined) this.#adjusted(dropped, `${facts.name} goes without ${name}`);
        return dropped === undefined;
      });
  }

  async #require(by: ProjectFacts, { name, specifier }: Requirement): Promise<void> {
    const own = this.#options.buildroot.get(name);
    if (own?.target !== true || name in this.#options.roots) {
      await this.visit(name);
      this.#check(by, name, this.#projects.get(name)!.version, specifier, "the external tree");
      return;
    }
    const wanted = this.#constraints.versions[name];
    if (!this.#used.has(name) && wanted !== undefined && wanted !== own.version)
      this.#find(
        "note",
        "OTHER_VERSION",
        name,
        `${name} is Buildroot's ${own.version}; release ${this.#constraints.release} has ${wanted}`,
      );
    this.#used.set(name, own);
    this.#check(by, name, own.version, specifier, "Buildroot");
  }

  #check(by: ProjectFacts, name: string, version: string, specifier: string, where: string): void {
    if (satisfies(version, specifier)) return;
    this.#find(
      "error",
      "VERSION_CONFLICT",
      name,
      `${by.name} ${by.version} requires ${name}${specifier}; ${where} has ${version}`,
    );
  }

  #versionOf(name: string): string {
    const constrained = this.#constraints.versions[name];
    const version = this.#options.roots[name] || constrained;
    if (version === undefined) {
      throw new PresetError("PROJECT_MISSING", `release ${this.#constraints.release} does not constrain ${name}`, {
        hint: "name a version in the generator's roots, or an adjustment that does without it",
        details: { project: name, release: this.#constraints.release },
      });
    }
    const pin = this.#adjustment(name, "pin", (entry) => !satisfies(version, entry.unless));
    if (pin === undefined) return version;
    this.#adjusted(pin, `${name} is pinned to ${pin.version} instead of ${version}`);
    return pin.version;
  }

  #adjustment<K extends Adjustment["kind"]>(
    project: string,
    kind: K,
    fits: (entry: Extract<Adjustment, { kind: K }>) => boolean = () => true,
  ): Extract<Adjustment, { kind: K }> | undefined {
    return this.#all(project, kind).find(fits);
  }

  #all<K extends Adjustment["kind"]>(project: string, kind: K): Extract<Adjustment, { kind: K }>[] {
    return this.#options.adjustments.filter(
      (entry): entry is Extract<Adjustment, { kind: K }> => entry.project === project && entry.kind === kind,
    );
  }

  #adjusted({ project, reason }: Adjustment, what: string): void {
    this.#find("note", "ADJUSTED", project, `${what}: ${reason}`);
  }

  #find(severity: Finding["severity"], code: Finding["code"], project: string, message: string): void {
    this.#findings.set(message, { severity, code, project, message });
  }

  result(): Resolution {
    const packages = [...this.#projects.values()].map((facts) => this.#package(facts));
    return {
      packages: packages.sort((a, b) => (a.package < b.package ? -1 : 1)),
      findings: [...this.#findings.values()].sort((a, b) => (a.project + a.message < b.project + b.message ? -1 : 1)),
      buildroot: Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  #package(facts: ProjectFacts): ResolvedPackage {
    const setupType = setupTypeOf(facts.build);
    if (setupType === undefined)
      this.#find(
        "error",
        "UNKNOWN_BACKEND",
        facts.name,
        `${facts.name} ${facts.version} is built by ${facts.build.backend}, which no setup type of Buildroot runs`,
      );
    const hosts = hostPackagesOf(facts, this.#options.buildroot, this.#environment);
    for (const message of hosts.problems) this.#find("error", "NO_HOST_PACKAGE", facts.name, message);
    const renamed = this.#adjustment(facts.name, "name");
    if (renamed !== undefined) this.#adjusted(renamed, `the package is called ${renamed.package}`);
    return {
      facts,
      package: this.#packageName(facts.name),
      setupType: setupType ?? "setuptools",
      hostPackages: hosts.packages,
      selects: this.#selects(facts),
      dependsOn: this.#conditions(facts.name, new Set()),
      environment: Object.fromEntries(
        this.#all(facts.name, "environment").map(({ variable, value }) => [variable, value]),
      ),
    };
  }

  #packageName(name: string): string {
    return this.#used.get(name)?.package ?? this.#adjustment(name, "name")?.package ?? `python-${name}`;
  }

  #selects(facts: ProjectFacts): ResolvedPackage["selects"] {
    const required = this.#requirements(facts).map(({ name }) => ({
      symbol: symbolOf(this.#packageName(name)),
      reason: "runtime",
    }));
    const asked = this.#all(facts.name, "select").map(({ symbol, reason }) => ({ symbol, reason }));
    const all = new Map([...required, ...asked].map((entry) => [entry.symbol, entry]));
    return [...all.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  }

  /** Conditions of everything that is selected: select does not look at them. */
  #conditions(name: string, seen: Set<string>): readonly string[] {
    if (seen.has(name)) return [];
    seen.add(name);
    const own = this.#used.get(name);
    if (own !== undefined) return own.dependsOn;
    const facts = this.#projects.get(name);
    const inherited =
      facts === undefined ? [] : this.#requirements(facts).flatMap((entry) => this.#conditions(entry.name, seen));
    return [...new Set(inherited)].sort();
  }
}

/** "BR2_PACKAGE_PYTHON_OSLO_CONFIG" of "python-oslo-config". */
export function symbolOf(packageName: string): string {
  return `BR2_PACKAGE_${packageName.toUpperCase().replaceAll("-", "_")}`;
}
