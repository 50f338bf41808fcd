import type { Segment } from "../image/archives.js";

/** An executable that the agent runs. */
export interface ContractTool {
  /** As the agent calls it. */
  readonly name: string;
  /** When it is needed: `boot`, `boot-tolerated`, `reboot`, `deploy`, `clean`, `optional`. */
  readonly tier: string;
  /** Buildroot symbols that together bring it; empty where Buildroot has no package of it. */
  readonly symbols: readonly string[];
  /** What the agent asks of it and BusyBox's program of that name does not take. */
  readonly busyboxLacks?: string;
  readonly note?: string;
}

/** A kernel option that the agent stands on. */
export interface ContractOption {
  /** `CONFIG_VIRTIO_NET`. */
  readonly name: string;
  readonly purpose: string;
  /** True: a module does not do. */
  readonly builtIn: boolean;
}

/** What a collector of the agent does not do without. */
export interface ContractCollector {
  /** The program that it runs. */
  readonly program: string;
  /** Buildroot symbols that together bring it; empty where Buildroot has no package of it. */
  readonly symbols: readonly string[];
  readonly note?: string;
}

/** How an image tells its profile, and what that is not asked for. */
export interface ContractProfiles {
  /** A file of the image with a line `PROFILE="name"`, without a leading slash. */
  readonly file: string;
  /** Names and purposes of kernel options by profile. */
  readonly without: Readonly<Record<string, readonly string[]>>;
}

/** What an agent needs of its image; `agentContract` of `@ipa-br/preset-ipa` is one. */
export interface AgentContract {
  readonly tools: readonly ContractTool[];
  readonly kernelOptions: readonly ContractOption[];
  /** Options of Buildroot's Python, `BR2_PACKAGE_PYTHON3_SSL`: each stands for a module of the interpreter. */
  readonly pythonSymbols: readonly string[];
  /** Buildroot's symbols of Python distributions whose names do not follow from theirs, by normalized name. */
  readonly pythonPackages?: Readonly<Record<string, string>>;
  /** Requirements that a distribution's metadata names and an image does well without, by the distribution's normalized name. */
  readonly pythonNotNeeded?: Readonly<Record<string, readonly string[]>>;
  /** Collectors that run a program, by their names: without it the inspection fails where somebody names the collector. */
  readonly collectors?: Readonly<Record<string, ContractCollector>>;
  /** Images of which less is asked. */
  readonly profiles?: ContractProfiles;
  /** `ironic-python-agent` unless said otherwise. */
  readonly distribution?: string;
}

/** What was looked at. */
export type AuditArea = "image" | "executable" | "python" | "collector" | "kernel" | "command line";

/** `error`: something will not work; `warning`: something may not; `unknown`: it could not be found out. */
export type AuditSeverity = "error" | "warning" | "unknown";

/** Something that is missing or wrong. */
export interface AuditFinding {
  readonly area: AuditArea;
  readonly severity: AuditSeverity;
  /** What it is about: `lsblk`, `oslo.config`, `CONFIG_VIRTIO_NET`. */
  readonly name: string;
  /** What is wrong, in one sentence without its name. */
  readonly problem: string;
  /** Buildroot symbols that bring it; empty where none does. */
  readonly symbols: readonly string[];
  /** Of executables: when they are needed; of kernel options: what for. */
  readonly group: string | undefined;
  readonly note: string | undefined;
}

/** How many things of an area were looked at, and how many are as they should be. */
export interface AuditCount {
  readonly area: AuditArea;
  readonly checked: number;
  readonly good: number;
}

/** What an audit found. */
export interface AuditReport {
  readonly image: string;
  /** Parts of the initramfs, files and bytes in it. */
  readonly segments: readonly Segment[];
  readonly files: number;
  readonly bytes: number;
  /** Of the agent in the image; undefined where there is none. */
  readonly agentVersion: string | undefined;
  /** Names of the collectors that the image has. */
  readonly collectors: readonly string[];
  /** Where the kernel's options were read; undefined where nowhere. */
  readonly kernelConfig: string | undefined;
  readonly counts: readonly AuditCount[];
  /** The worst first. */
  readonly findings: readonly AuditFinding[];
  /** True if there is no error. */
  readonly passed: boolean;
}

/** What one check found. */
export interface CheckResult {
  readonly checked: number;
  readonly findings: readonly AuditFinding[];
}
