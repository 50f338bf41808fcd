/** What a build was made of, what it took and what came out. */
export interface BuildReport {
  /** Of this form; 1. */
  readonly version: 1;
  /** ISO 8601: when the last step ended; of the report itself if nothing was built yet. */
  readonly at: string;
  readonly buildroot: string;
  /** The defconfig's name, as far as .config tells. */
  readonly defconfig: string | undefined;
  /** From the first step's beginning to the last one's end, pauses between runs of make included. */
  readonly wallSeconds: number;
  /** Target and host packages, by name. */
  readonly packages: readonly ReportPackage[];
  /** The chain of dependent packages that took longest: the least time that any number of processors needs. */
  readonly criticalPath: readonly string[];
  readonly criticalSeconds: number;
  readonly images: readonly ReportImage[];
  /** Bytes of the target folder, each file once. */
  readonly targetSize: number;
  /** Bytes in it that no package installed: overlays, scripts, the skeleton. */
  readonly unattributedSize: number;
  /** .config by symbol, in its notation. */
  readonly config: Readonly<Record<string, string>>;
}

export interface ReportPackage {
  readonly name: string;
  /** What was built: "custom" where `<PKG>_OVERRIDE_SRCDIR` gave the source. */
  readonly version: string | undefined;
  /** Of such a package: its folder, and the version that its makefile names and that was not built. */
  readonly overridden?: { readonly folder: string | undefined; readonly recipeVersion: string | undefined };
  readonly type: "target" | "host";
  readonly virtual: boolean;
  readonly licenses: string | undefined;
  readonly dependencies: readonly string[];
  readonly steps: readonly ReportStep[];
  /** Sum of its steps. */
  readonly seconds: number;
  /** Bytes of the files in the target folder that it installed. */
  readonly size: number;
  readonly files: number;
  readonly sources: readonly ReportSource[];
  readonly cpe: string | undefined;
  readonly ignoredCves: readonly string[];
}

export interface ReportSource {
  readonly name: string;
  readonly url: string | undefined;
  /** Lower-case hexadecimal; undefined where Buildroot has none. */
  readonly sha256: string | undefined;
}

/** One step of a package, as Buildroot's instrumentation names it: "extract", "build", "install-target". */
export interface ReportStep {
  readonly step: string;
  /** Seconds after the first step of all. */
  readonly start: number;
  readonly seconds: number;
}

export interface ReportImage {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}
