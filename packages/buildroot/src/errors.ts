/** What went wrong, for programs. Each code is documented in this package's README. */
export type BuildrootErrorCode =
  | "ABORTED"
  | "APT_FAILED"
  | "BUILDROOT_INVALID"
  | "BUILDROOT_NOT_FOUND"
  | "BUILD_FAILED"
  | "CONFIGURE_FAILED"
  | "DEFCONFIG_UNKNOWN"
  | "ENVIRONMENT_INVALID"
  | "EXTERNAL_DUPLICATE"
  | "EXTERNAL_INVALID"
  | "FETCH_FAILED"
  | "FETCH_MISMATCH"
  | "FRAGMENT_NOT_FOUND"
  | "INFO_INVALID"
  | "INTERNAL"
  | "LOCKED"
  | "LOCK_DRIFT"
  | "LOCK_INVALID"
  | "LOCK_STALE"
  | "MAKEFLAGS_PARALLEL"
  | "MAKE_FAILED"
  | "MAKE_NOT_FOUND"
  | "MAKE_TOO_OLD"
  | "MATRIX_INVALID"
  | "NOT_CONFIGURED"
  | "OUTPUT_FOREIGN"
  | "OUTPUT_INVALID"
  | "OUTPUT_UNWRITABLE"
  | "REBUILD_NEEDED"
  | "RELEASE_INVALID"
  | "REPORT_INVALID"
  | "SAVE_FAILED"
  | "SETTINGS_LOST"
  | "SETTING_INVALID"
  | "SOURCES_MISSING"
  | "TOOLCHAIN_UNSUPPORTED"
  | "TOOLCHAIN_UNUSABLE";

const brand = Symbol.for("@ipa-br/error");

/** Every error that this package throws on purpose. `message` is the cause in one sentence, `hint` what to do next. */
export class BuildrootError extends Error {
  override readonly name = "BuildrootError";
  readonly code: BuildrootErrorCode;
  /** What to do next: a sentence, or the command to type. */
  readonly hint: string | undefined;
  /** Facts behind the message: paths, lines, names. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: BuildrootErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for this package's errors, also for those of another copy of it, where `instanceof` fails. */
  static is(value: unknown): value is BuildrootError {
    return value instanceof Error && brand in value && value.name === "BuildrootError";
  }
}

/** What `error.details` holds for BUILD_FAILED, and for MAKE_FAILED as far as it is known. */
export interface BuildFailure {
  /** The package that failed; undefined for a global step or a configuration error. */
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** The step in Buildroot's words ("Building", "Configuring"); undefined if make ended before any. */
  readonly step: string | undefined;
  /** The first lines that tell why, without escapes; at most twenty. */
  readonly cause: readonly string[];
  /** What the cause is about, as far as the lines tell. */
  readonly kind: FailureKind;
  /** The full log. */
  readonly logPath: string;
  /** The line of the log, from 1, at which the cause stands. */
  readonly logLine: number | undefined;
  /** make's exit status; undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  /** The signal that ended make. */
  readonly signal: string | undefined;
  /** What to type to go on after mending the cause. */
  readonly resume: string;
  /** The same as commands for a shell. */
  readonly commands: FailureCommands;
  /** Other packages that failed before make had ended; with parallel packages only. */
  readonly alsoFailed: readonly FailedStep[];
}

/** A step of a package that failed. */
export interface FailedStep {
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** In Buildroot's words. */
  readonly step: string | undefined;
}

/** What to type after a failure, in make's words. */
export interface FailureCommands {
  /** Shows the log at the cause. */
  readonly log: string;
  /** Tries the failed package alone, from the failed step on; undefined if no package failed. */
  readonly retry: string | undefined;
  /** Begins the failed package anew. */
  readonly restart: string | undefined;
  /** Goes on with the whole build. */
  readonly resume: string;
}

/**
 * What a failure is about. compiler: a compiler, linker, assembler or interpreter refused the source. configure: autoconf, CMake or
 * Meson. dependency: Buildroot's check of the host. tool: a program is not there. install: a file could not be copied, or Buildroot
 * refuses what was installed. memory: a process was killed, most likely for want of memory. script: a post-build, post-image or
 * other script of the user's. configuration: Kconfig, or settings that cannot be together. makefile: make itself.
 */
export type FailureKind =
  | "compiler"
  | "configure"
  | "download"
  | "hash"
  | "extract"
  | "patch"
  | "install"
  | "toolchain"
  | "dependency"
  | "tool"
  | "disk"
  | "memory"
  | "script"
  | "configuration"
  | "makefile"
  | "unknown";

/** A BUILD_FAILED error, with its details typed. */
export interface BuildFailedError extends BuildrootError {
  readonly code: "BUILD_FAILED";
  readonly details: Readonly<Record<string, unknown>> & BuildFailure;
}

/** True for BUILD_FAILED: `error.details` then holds package, step, cause and log. */
export function isBuildFailed(value: unknown): value is BuildFailedError {
  return BuildrootError.is(value) && value.code === "BUILD_FAILED";
}
