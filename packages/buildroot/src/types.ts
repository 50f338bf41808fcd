/** Environment variables, as a parameter: this package never reads the process's own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the driver needs to know of the machine; a test hands in its own. */
export interface BuildHost {
  /** Effective user id: as root (0) FORCE_UNSAFE_CONFIGURE=1 is set. */
  readonly uid: number;
  /** The machine's name, written into locks. */
  readonly hostname: string;
}

export interface OpenOptions {
  /** A Buildroot tree, see `locateBuildroot`. */
  readonly buildroot: string;
  /** The output folder (make's `O`); created at the first configuration. */
  readonly output: string;
  /** External trees, in order. Left out: `env.BR2_EXTERNAL`, else those that the output folder remembers. */
  readonly externals?: readonly string[];
  /** The download folder (BR2_DL_DIR); else `env.BR2_DL_DIR`, else Buildroot's own choice. */
  readonly dlDir?: string;
  /** The compiler cache (BR2_CCACHE_DIR); else `env.BR2_CCACHE_DIR`, else Buildroot's own choice. */
  readonly ccacheDir?: string;
  /** The environment that make inherits, cleaned. */
  readonly env: Environment;
  /** GNU make: a name to be found in PATH, or a path. Default "make". */
  readonly make?: string;
  /** Called for every event of every operation, in order. */
  readonly onEvent?: (event: BuildrootEvent) => void;
  /** Default: this machine. */
  readonly host?: BuildHost;
  /** What make says of its version, where it is known already: `keptAnswers`. */
  readonly answers?: ProgramAnswers;
}

/** What a program said. */
export interface ProgramAnswer {
  /** undefined if it could not be started or was killed. */
  readonly exitCode: number | undefined;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Asks programs of the machine for their versions and the like. */
export interface ProgramAnswers {
  /** What a program says to these arguments; it is run only if nothing fitting is known. */
  ask(file: string, args: readonly string[], env: Environment, input?: string): Promise<ProgramAnswer>;
  /** Keeps what was learned, for the next process. Where that cannot be written, it asks again. */
  keep(): Promise<void>;
}

/** A Buildroot tree, its external trees and an output folder, checked and ready to be driven. */
export interface Buildroot {
  /** Buildroot's version, from its Makefile: "2026.02.3". */
  readonly version: string;
  /** Absolute path of the Buildroot tree. */
  readonly buildroot: string;
  /** Absolute path of the output folder. */
  readonly output: string;
  readonly externals: readonly ExternalTree[];
  /** The variables that the manual flow would export, as a record. Nothing else is needed to type make oneself. */
  environment(): Record<string, string>;
  /** Every defconfig of Buildroot and of the external trees. */
  listDefconfigs(): Promise<readonly Defconfig[]>;
  /** Writes O/.config from a defconfig, fragments and settings. Throws SETTINGS_LOST if Buildroot dropped or changed any that `accept` does not name. */
  configure(options?: ConfigureOptions): Promise<ConfigureResult>;
  /** Starts a build at once; iterate for its events, await `.result` for its outcome. */
  build(options?: BuildOptions): BuildRun;
  /** Runs make with any targets. */
  make(options: MakeOptions): Promise<MakeResult>;
  /** Writes defconfig, kernel and BusyBox configuration back to where they came from: all of them or none. */
  save(options?: SaveOptions): Promise<SaveResult>;
  /** `make clean`: removes all that was built, keeps .config and downloads. */
  clean(options?: CleanOptions): Promise<MakeResult>;
  /** What the next build has to make anew after changes of configuration and external trees, and why. Builds nothing. */
  rebuildAdvice(options?: RebuildAdviceOptions): Promise<RebuildAdvice>;
  /** `make show-info`: the packages of the configuration. Throws NOT_CONFIGURED, MAKE_FAILED, INFO_INVALID. */
  showInfo(options?: ShowInfoOptions): Promise<PackageInfos>;
  /** The files in O/images, sorted by name; empty before the first build. */
  images(): Promise<readonly ImageFile[]>;
}

/** An external tree (BR2_EXTERNAL): Buildroot manual, "Keeping customizations outside of Buildroot". */
export interface ExternalTree {
  /** From external.desc, as in BR2_EXTERNAL_<name>_PATH. */
  readonly name: string;
  readonly description: string | undefined;
  /** Absolute path. */
  readonly path: string;
}

export interface Defconfig {
  /** What to type: "openstack_ipa_defconfig". */
  readonly name: string;
  /** The name of its external tree, undefined for Buildroot's own. */
  readonly tree: string | undefined;
  /** Absolute path of the file. */
  readonly path: string;
}

/** `true` is y, `false` is n; a number or a string is written as the symbol's type asks. */
export type SettingValue = string | number | boolean;

export interface ConfigureOptions {
  /** A name from `listDefconfigs`, with or without "_defconfig". Default: start from the present O/.config. */
  readonly defconfig?: string;
  /** Files of settings, by absolute path, merged in order over the defconfig. */
  readonly fragments?: readonly string[];
  /** Settings over all that, by symbol name. */
  readonly set?: Readonly<Record<string, SettingValue>>;
  /** BR2_REPRODUCIBLE: the same image from two builds in the same output folder's path. Default: as the configuration says. */
  readonly reproducible?: boolean;
  /** Names of symbols that need not hold. Any other setting that Buildroot drops or changes is an error. */
  readonly accept?: readonly string[];
  readonly signal?: AbortSignal;
}

/** A setting that was asked for and is not in the result as it was asked for. */
export interface SettingMismatch {
  readonly name: string;
  /** The value as asked for, in .config's notation: `y`, `n`, `12`, `"text"`. */
  readonly wanted: string;
  /** The value in the result, in the same notation; undefined if the symbol is not there. */
  readonly got: string | undefined;
  /**
   * unknown: no Config.in has such a symbol. dropped: known, but its dependencies are not met. changed: there, with another
   * value. legacy: of a former release, Buildroot would refuse to build. replaced: a later setting chose another member of
   * the choice that it belongs to, which is no error.
   */
  readonly reason: "unknown" | "dropped" | "changed" | "legacy" | "replaced";
  /** The file that asked for it, or "set" for the `set` option. */
  readonly file: string;
  /** Line in that file, from 1; for "set" the position in the record. */
  readonly line: number;
  /** Why, in sentences: which dependency has which value, what selects it. Empty if Buildroot's Config.in files do not tell. */
  readonly why: readonly string[];
  /** What to set besides so that it holds, tried before it is offered; undefined if there is nothing or a bounded search found nothing. */
  readonly suggestion: readonly SettingSuggestion[] | undefined;
}

/** A symbol and the value to give it, in Kconfig's notation without quotes. */
export interface SettingSuggestion {
  readonly name: string;
  readonly value: string;
}

export interface ConfigureResult {
  /** O/.config. */
  readonly configPath: string;
  readonly defconfig: Defconfig | undefined;
  /** How many settings were asked for, after merging. */
  readonly requested: number;
  /** Settings that do not hold as they were asked for: accepted ones, and those that a later choice replaced. */
  readonly mismatches: readonly SettingMismatch[];
  /** Where the former .config was kept, if there was one. */
  readonly previousConfig: string | undefined;
  readonly seconds: number;
}

export interface BuildOptions {
  /** Default: Buildroot's own default, everything. */
  readonly targets?: readonly string[];
  /** How many jobs: `-jN` with BR2_PER_PACKAGE_DIRECTORIES, else BR2_JLEVEL=N, so that each package is built with N jobs. */
  readonly jobs?: number;
  /**
   * What is done about changes since the last build (`rebuildAdvice`). safe: packages are made anew where that loses nothing but
   * time; what needs a clean build, or would lose work, is REBUILD_NEEDED. all: that too. none: nothing is made anew, as plain make
   * does; what is owed is kept for the next build. Default safe.
   */
  readonly rebuild?: RebuildPolicy;
  /** False leaves Buildroot's instrumentation alone: no `package-step` and no `progress`. Default true. */
  readonly progress?: boolean;
  /**
   * Fetch nothing: all that is needed has to be in the download folder (else SOURCES_MISSING), and make runs without any
   * network where the machine can take it away. Default false.
   */
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
}

export type RebuildPolicy = "safe" | "all" | "none";

/**
 * How much of a build has to be made anew, from least to most. image: only what every make does anyway. packages: those that are
 * named. clean: all of it.
 */
export type RebuildLevel = "nothing" | "image" | "packages" | "clean";

/** How a package is made anew, from least to most: Buildroot's targets of that name. */
export type RebuildAction = "rebuild" | "reconfigure" | "dirclean";

export interface RebuildReason {
  /** What has changed: "BR2_OPTIMIZE_2: n, now y", "board/linux.config was changed". */
  readonly change: string;
  readonly level: RebuildLevel;
  /** With level packages: which, and how. */
  readonly package?: string;
  readonly action?: RebuildAction;
  /** With level clean: the build goes on without it, only the image has more in it than it should. */
  readonly canWait?: boolean;
  /** One sentence. */
  readonly why: string;
  /** The section of Buildroot's manual that has the rule. */
  readonly section: string;
}

export interface PackageRebuild {
  readonly package: string;
  readonly action: RebuildAction;
  /** What would be lost: a configuration that was changed in its build folder and never saved. */
  readonly loses?: string;
}

export interface RebuildAdvice {
  readonly level: RebuildLevel;
  /** True if the level is clean only for what may wait. */
  readonly canWait: boolean;
  /** Sorted by name. With level clean, what is to be done if the clean build waits. */
  readonly packages: readonly PackageRebuild[];
  readonly reasons: readonly RebuildReason[];
  /** What tells how the folder was built: this package's own record, what make has left, or nothing, since nothing is built. */
  readonly basis: "record" | "make" | "unbuilt";
}

export interface RebuildAdviceOptions {
  readonly signal?: AbortSignal;
}

/** A running build. It goes on whether or not anybody iterates. */
export interface BuildRun extends AsyncIterable<BuildrootEvent> {
  /** Rejects with BUILD_FAILED, ABORTED, LOCKED, NOT_CONFIGURED or REBUILD_NEEDED; iterating throws the same error at its end. */
  readonly result: Promise<BuildResult>;
}

export interface BuildResult {
  readonly targets: readonly string[];
  readonly seconds: number;
  readonly logPath: string;
  readonly steps: readonly StepRecord[];
  readonly images: readonly ImageFile[];
}

/** One `>>>` line of Buildroot. */
export interface Step {
  /** undefined for a global step ("Finalizing target directory"). */
  readonly package: string | undefined;
  /** undefined where Buildroot prints none. */
  readonly version: string | undefined;
  /** In Buildroot's words: "Extracting", "Building", "Installing to target". */
  readonly step: string;
}

export interface StepRecord extends Step {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Until the next step began or make ended; with parallel packages an approximation. */
  readonly seconds: number;
}

export interface MakeOptions {
  readonly targets: readonly string[];
  /** "inherit" hands the terminal through; default for menuconfig and its like, else "pipe". */
  readonly stdio?: "pipe" | "inherit";
  readonly signal?: AbortSignal;
}

export interface MakeResult {
  readonly targets: readonly string[];
  readonly seconds: number;
  /** undefined with stdio "inherit". */
  readonly logPath: string | undefined;
}

export interface SaveOptions {
  /** Where the minimal defconfig goes: an absolute path, `true` for the one that was configured, `false` to leave it out. Default true. */
  readonly defconfig?: string | boolean;
  /** Default: save the kernel's configuration if it can be. `true` makes a reason to skip it an error. */
  readonly linux?: boolean;
  /** Folders in which nothing is written, such as an external tree that another package brought: their files are skipped. Default none. */
  readonly readOnly?: readonly string[];
  /** Default: save BusyBox's configuration if it can be. `true` makes a reason to skip it an error. */
  readonly busybox?: boolean;
  /** Tell what would change and write nothing. Default false. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

export type SaveKind = "defconfig" | "linux" | "busybox";

export interface SaveResult {
  readonly written: readonly SavedFile[];
  readonly skipped: readonly SkippedSave[];
}

export interface SavedFile {
  readonly kind: SaveKind;
  readonly path: string;
  /** False if the file already had this content. */
  readonly changed: boolean;
  /** What differs from the file's former content, by symbol (without CONFIG_ for kernel and BusyBox). */
  readonly changes: readonly SettingChange[];
  /** Where the former content was kept; undefined if nothing was replaced. */
  readonly backup: string | undefined;
}

/** A symbol whose value differs between two configurations; undefined where one of them does not name it. */
export interface SettingChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface SkippedSave {
  readonly kind: SaveKind;
  /** One sentence. */
  readonly reason: string;
}

export interface CleanOptions {
  readonly signal?: AbortSignal;
}

export interface ShowInfoOptions {
  /** Take what was told before for the same configuration, Buildroot and external trees, and keep it for the next time. Default false. */
  readonly cached?: boolean;
  readonly signal?: AbortSignal;
}

/** `show-info`, by package name. */
export type PackageInfos = Readonly<Record<string, PackageInfo>>;

/** One package of `make show-info` (Buildroot manual, "Details about packages"). */
export interface PackageInfo {
  readonly type: "target" | "host" | "rootfs";
  readonly name: string;
  /** What is built: of an overridden package it is "custom", as Buildroot calls that itself. */
  readonly version: string | undefined;
  /** Of an overridden package: the version that its makefile names, and that is not built. */
  readonly recipeVersion?: string | undefined;
  readonly virtual: boolean;
  readonly licenses: string | undefined;
  /** Common Platform Enumeration, for looking vulnerabilities up. */
  readonly cpeId: string | undefined;
  /** CVEs that the package's makefile says to ignore. */
  readonly ignoredCves: readonly string[];
  readonly dependencies: readonly string[];
  readonly reverseDependencies: readonly string[];
  readonly dlDir: string | undefined;
  /** What make fetches for it: nothing for a package whose source is a folder. */
  readonly downloads: readonly PackageDownload[];
  /** The .hash files for its downloads: absolute, or relative to the Buildroot tree. */
  readonly hashFiles: readonly string[];
  /** True if `<PKG>_OVERRIDE_SRCDIR` takes its source from a folder: nothing is downloaded then. */
  readonly overridden: boolean;
  /** That folder; undefined where the tree cannot tell it. */
  readonly overrideDir?: string | undefined;
  /** True if `<PKG>_GIT_LFS` says that large files of its git repository are fetched with git-lfs. */
  readonly gitLfs?: boolean;
  /** rootfs only. */
  readonly imageName: string | undefined;
  /** The folder of its makefile, relative to the Buildroot tree, or absolute in an external one. */
  readonly packageDir?: string | undefined;
  /** The folder of its stamps, relative to the output folder: "build/busybox-1.37.0". */
  readonly stampDir?: string | undefined;
  /** The steps that end it: "install-host", "install-staging", "install-target", "install-image". */
  readonly installSteps?: readonly string[];
  /** Its patches, those of BR2_GLOBAL_PATCH_DIR included. */
  readonly patches?: readonly string[];
}

/** A step of a package that is under way. */
export interface RunningStep {
  readonly package: string;
  /** In the words of Buildroot's instrumentation: "download", "extract", "patch", "configure", "build", "install-target". */
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** How far a build is. */
export interface BuildProgress {
  /** Done by this run or by an earlier one. `total` is undefined if show-info could not tell, or the target is none of its packages. */
  readonly packages: { readonly done: number; readonly total: number | undefined };
  /** With parallel packages several. */
  readonly running: readonly RunningStep[];
  /** From 0 to 1, by time. */
  readonly fraction: number | undefined;
  /** Seconds. */
  readonly remainingSeconds: number | undefined;
}

export interface PackageDownload {
  readonly source: string;
  readonly uris: readonly string[];
}

export interface ImageFile {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export type BuildrootEvent =
  /** make was started. */
  | {
      readonly type: "command";
      readonly command: readonly string[];
      readonly pid: number;
      readonly at: number;
    }
  /** A `>>>` line. */
  | ({ readonly type: "step"; readonly at: number } & Step)
  /** A step of a package began or ended, as Buildroot's instrumentation tells it; right also where packages run in parallel. */
  | {
      readonly type: "package-step";
      readonly phase: "start" | "end";
      readonly package: string;
      readonly step: string;
      readonly at: number;
    }
  /** How far the build is: at its begin, with each package-step, and every few seconds between them. */
  | ({ readonly type: "progress"; readonly at: number } & BuildProgress)
  /** A line of make's output, without escapes; standard error and standard output in the order they came. */
  | { readonly type: "line"; readonly text: string }
  /** A slow reader of a BuildRun missed lines; the log holds them all. */
  | { readonly type: "lines-dropped"; readonly count: number }
  /** make ended. */
  | {
      readonly type: "exit";
      readonly exitCode: number | undefined;
      readonly signal: string | undefined;
      readonly seconds: number;
    }
  /** An operation is being ended on request: which processes are left. */
  | {
      readonly type: "stopping";
      readonly signal: "SIGTERM" | "SIGKILL";
      readonly pids: readonly number[];
    }
  /** A lock left by a dead process was taken over. */
  | { readonly type: "lock-recovered"; readonly path: string; readonly reason: string }
  | { readonly type: "warning"; readonly code: WarningCode; readonly message: string }
  /** Changes since the last build ask for more than make would do; what of it this build does. */
  | ({ readonly type: "rebuild"; readonly applied: "clean" | "packages" | "nothing" } & RebuildAdvice)
  /** Sources of a release. `received` of `total`, in bytes for a tarball and in objects for git; undefined where nobody tells. wait: another process is fetching it. */
  | {
      readonly type: "fetch";
      readonly phase: "wait" | "start" | "download" | "verify" | "unpack" | "done";
      readonly what: string;
      readonly received: number | undefined;
      readonly total: number | undefined;
    };

export type WarningCode =
  | "REBUILD_OWED"
  | "JOBS_PER_PACKAGE"
  | "CONFIGURE_INTERRUPTED"
  | "SAVE_INTERRUPTED"
  | "OFFLINE_NOT_ENFORCED";

/** A Buildroot release in git, pinned by its commit. */
export interface GitRelease {
  readonly version: string;
  /** 40 hex digits. */
  readonly commit: string;
  readonly repository: string;
}

/** A Buildroot release as a tarball, pinned by its SHA-256. */
export interface TarballRelease {
  readonly version: string;
  readonly url: string;
  /** 64 hex digits. */
  readonly sha256: string;
}

export type BuildrootRelease = GitRelease | TarballRelease;

export interface LocateOptions {
  /** What the user named (`--buildroot DIR`). */
  readonly explicit?: string;
  /** BR2_UPSTREAM is read from it. */
  readonly env: Environment;
  /** The root of a clone that may have a `buildroot/` submodule. */
  readonly clone?: string;
  /** The release to look for in the cache. */
  readonly release?: BuildrootRelease;
  /** Where `fetchRelease` keeps releases. */
  readonly cacheDir?: string;
}

export interface LocatedBuildroot {
  /** Absolute path. */
  readonly path: string;
  readonly version: string;
  readonly source: "option" | "environment" | "submodule" | "cache";
}

export interface FetchReleaseOptions {
  readonly release: BuildrootRelease;
  /** Created if missing; one folder per release in it. */
  readonly cacheDir: string;
  /** The environment for git (proxies, PATH). */
  readonly env: Environment;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BuildrootEvent) => void;
  readonly host?: BuildHost;
}

export interface FetchedRelease {
  readonly path: string;
  readonly version: string;
  /** False if the cache had it. */
  readonly fetched: boolean;
}
