import type { Environment, PackageInfos, ProgramAnswer } from "../types.js";

/** error: Buildroot stops, or is sure to fail. warning: likely to cost a build. note: costs time, or another command. */
export type Severity = "error" | "warning" | "note";

/** The package managers whose commands are known. */
export type PackageManager = "apt" | "dnf" | "zypper" | "pacman" | "apk";

/** Something of the host that is not as a build needs it. */
export interface Problem {
  /** Stable, for programs: "program:bc", "perl:FindBin", "path:space". */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly message: string;
  /** Who needs it, and what would happen without. */
  readonly why: string;
  /** Where the rule comes from: a file of Buildroot's or a section of its manual; undefined for one of our own. */
  readonly source: string | undefined;
  /** The exact command that mends it on this distribution; undefined where only the user can choose. */
  readonly command: string | undefined;
  /** The distribution's packages that the command installs. */
  readonly packages: readonly string[];
}

export interface Diagnosis {
  /** "Debian GNU/Linux 12 (bookworm)" */
  readonly distribution: string;
  /** undefined for a distribution that is not known. */
  readonly manager: PackageManager | undefined;
  /** The names of all checks that were made. */
  readonly checks: readonly string[];
  /** Errors first. */
  readonly problems: readonly Problem[];
  /** One command that installs what the errors and warnings need; undefined if that is nothing. */
  readonly fix: readonly string[] | undefined;
  readonly seconds: number;
}

export interface DiagnoseOptions {
  /** The environment that make would inherit. */
  readonly env: Environment;
  /** The text of a .config; without one only what every build needs is checked. */
  readonly config?: string;
  /** Of `make show-info`, for the tools that the downloads need. */
  readonly info?: PackageInfos;
  /** Absolute paths; left out, what depends on them is not checked. */
  readonly buildroot?: string;
  readonly output?: string;
  readonly dlDir?: string;
  readonly ccacheDir?: string;
  /** External trees by name, for paths in the .config. */
  readonly externals?: readonly { readonly name: string; readonly path: string }[];
  /** False leaves out what only costs time or concerns other commands, and is quicker. Default true. */
  readonly notes?: boolean;
  readonly signal?: AbortSignal;
  /** Default: this machine. */
  readonly host?: DoctorHost;
}

/** What is asked of a machine; a test hands in its own. */
export interface DoctorHost {
  /** The text of /etc/os-release. */
  readonly osRelease: string;
  readonly uid: number;
  readonly umask: number;
  /** As `uname -m` says it. */
  readonly machine: string;
  /** Bytes. */
  readonly memory: number;
  /** Finds a program in PATH; an absolute path is looked at as it is. */
  find(name: string): Promise<string | undefined>;
  run(file: string, args: readonly string[], input?: string): Promise<ProgramAnswer>;
  /** readable, writable, executable: what may be done with a file or folder; undefined if it is not there. */
  access(path: string): Promise<Access | undefined>;
  /** Of the file system that holds a path, or would hold it. */
  space(path: string): Promise<Space | undefined>;
}

export interface Access {
  readonly kind: "file" | "folder" | "other";
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
}

export interface Space {
  /** Bytes. */
  readonly free: number;
  /** undefined where the file system has no such limit. */
  readonly freeFiles: number | undefined;
  /** Mount options: "rw", "noexec". */
  readonly options: readonly string[];
  /** Whether `a` and `A` are two files; undefined if it could not be tried. */
  readonly caseSensitive: boolean | undefined;
}
