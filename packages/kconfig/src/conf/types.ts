import type { AbortSignalLike } from "../base/abort.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import type { TreeMemory } from "../model/tree-memory.js";

/** What `conf` is to do, by the name of its option. */
export type ConfMode =
  | "oldaskconfig"
  | "oldconfig"
  | "syncconfig"
  | "olddefconfig"
  | "alldefconfig"
  | "allnoconfig"
  | "allyesconfig"
  | "allmodconfig"
  | "randconfig"
  | "defconfig"
  | "savedefconfig"
  | "listnewconfig"
  | "helpnewconfig"
  | "yes2modconfig"
  | "mod2yesconfig"
  | "mod2noconfig";

/** Where a run says something; handed on before it waits for anything. */
export interface ConfVoice {
  print(text: string): void;
  complain(text: string): void;
}

export interface ConfOptions {
  readonly mode: ConfMode;
  /**
   * The modes that options before the last one named. They leave traces: `syncconfig` has the files of a build written
   * whichever mode follows, each `randconfig` says its seed.
   */
  readonly before?: readonly ConfMode[];
  /** The file that `defconfig` reads or `savedefconfig` writes. Buildroot's `defconfig` has a default, `.defconfig`. */
  readonly file?: string;
  /** The top Kconfig file, as `conf` takes it: relative to the working folder, else to `srctree`. */
  readonly root: string;
  /** Reads files; relative paths are those of the working folder. */
  readonly host: KconfigHost;
  readonly dialect: Dialect;
  /** What the tree's macros and `option env` read, and what steers `conf` itself. */
  readonly env: Environment;
  /** `-s`: no message about what was written. */
  readonly silent?: boolean;
  /** True where questions and answers go over a terminal, which shows what is typed; otherwise answers are printed too. */
  readonly terminal?: boolean;
  /** The seed of `randconfig` where KCONFIG_SEED holds none: 32 bits. Default: any. */
  readonly seed?: number;
  /** The time that BusyBox' files name. Default: now. */
  readonly time?: Date;
  readonly cache?: TreeMemory;
  readonly signal?: AbortSignalLike;
}

/** All modes that the options named, the one that counts last. */
export const modesOf = ({ before = [], mode }: Pick<ConfOptions, "before" | "mode">): readonly ConfMode[] => [
  ...before,
  mode,
];

/** A file that `conf` writes. */
export interface ConfFile {
  /** As `conf` names it: relative to the working folder, or absolute. */
  readonly path: string;
  readonly text: string;
  /**
   * `replace`: a new file takes the place of the old one. `backup`: likewise, and the old one becomes `PATH.old`.
   * `keep`: the file stays the one that it is, be it a link or a device, and gets this content. `touch`: likewise, an empty
   * one that is for its time alone.
   */
  readonly method: "replace" | "backup" | "keep" | "touch";
  /** True where folders that are missing on the way to it are made. */
  readonly folders: boolean;
}

export type ConfExitCode = 0 | 1 | 2;

/** What a run of `conf` comes to. */
export interface ConfResult {
  /** 2 where a folder is read as a Kconfig file, which C's scanner does not survive. */
  readonly exitCode: ConfExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** In the order in which they are to be written. */
  readonly files: readonly ConfFile[];
}
