/** What the generator of Python packages knows, asks and makes. */

/** A file of a source distribution that holds a licence. */
export interface LicenceFile {
  readonly path: string;
  readonly sha256: string;
}

/** How a source distribution is built: its pyproject.toml's [build-system], or what a setup.py without one means. */
export interface BuildSystem {
  readonly backend: string;
  readonly requires: readonly string[];
  /** The backend is part of the distribution itself. */
  readonly inTree: boolean;
}

/** Facts of one project at one version, read from an index and from the source distribution. */
export interface ProjectFacts {
  /** Normalised. */
  readonly name: string;
  /** As the project spells it. */
  readonly title: string;
  readonly version: string;
  readonly file: string;
  /** The address of the folder that the file is in. */
  readonly site: string;
  readonly sha256: string;
  readonly summary: string;
  readonly homepage: string;
  readonly requiresPython: string;
  /** Requirements with their markers, those of extras left out. */
  readonly requires: readonly string[];
  readonly build: BuildSystem;
  /** SPDX name, or a sentence of the metadata where the text is of no licence that is known here. */
  readonly licence: string;
  readonly licenceFiles: readonly LicenceFile[];
}

/** The versions of an OpenStack release. */
export interface ReleaseConstraints {
  /** "2026.1". */
  readonly release: string;
  /** The address or file they came from. */
  readonly source: string;
  /** Of the whole file. */
  readonly sha256: string;
  /** By normalised name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A Python package that Buildroot has. */
export interface BuildrootPythonPackage {
  /** "python-wrapt". */
  readonly package: string;
  readonly version: string;
  readonly target: boolean;
  readonly host: boolean;
  /** Conditions of its symbol, each a Kconfig expression. */
  readonly dependsOn: readonly string[];
}

/** A deliberate difference from what release and metadata say; every one tells why. */
export type Adjustment = { readonly project: string; readonly reason: string } & (
  | { readonly kind: "pin"; readonly version: string; readonly unless: string }
  | { readonly kind: "name"; readonly package: string }
  | { readonly kind: "without"; readonly requirement: string }
  | { readonly kind: "select"; readonly symbol: string }
  | { readonly kind: "environment"; readonly variable: string; readonly value: string }
);

/** Something that the reader of an update should know. An "error" makes a package that cannot work. */
export interface Finding {
  readonly severity: "error" | "note";
  readonly code:
    | "VERSION_CONFLICT"
    | "OTHER_VERSION"
    | "NO_HOST_PACKAGE"
    | "UNKNOWN_BACKEND"
    | "UNKNOWN_LICENCE"
    | "NOT_CONSTRAINED"
    | "PYTHON_TOO_OLD"
    | "ADJUSTED";
  readonly project: string;
  readonly message: string;
}

/** One package of the external tree, ready to be written. */
export interface ResolvedPackage {
  readonly facts: ProjectFacts;
  /** "python-oslo-config". */
  readonly package: string;
  readonly setupType: string;
  /** Host packages that the build backend needs beyond those of its setup type. */
  readonly hostPackages: readonly string[];
  /** Symbols of the packages it imports at run time, and why it selects others. */
  readonly selects: readonly { readonly symbol: string; readonly reason: string }[];
  readonly dependsOn: readonly string[];
  /** Variables of its build. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The closure of the agent. */
export interface Resolution {
  readonly packages: readonly ResolvedPackage[];
  readonly findings: readonly Finding[];
  /** Buildroot's own packages that the closure uses, by normalised name. */
  readonly buildroot: Readonly<Record<string, BuildrootPythonPackage>>;
}

/** Where facts come from: an index, or a recording of one. */
export interface ProjectSource {
  constraints(): Promise<ReleaseConstraints>;
  /** @throws PresetError PROJECT_MISSING where there is no source distribution of that version */
  project(name: string, version: string): Promise<ProjectFacts>;
}
