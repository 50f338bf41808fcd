import type { AbortSignalLike } from "../base/abort.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import type { TreeCache } from "../model/tree-cache.js";

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

export interface ConfOptions {
  readonly mode: ConfMode;
  /** The file that `defconfig` reads or `savedefconfig` writes. */
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
  readonly cache?: TreeCache;
  readonly signal?: AbortSignalLike;
}

/** A file that `conf` would have written. */
export interface ConfFile {
  /** As `conf` names it: relative to the working folder, or absolute. */
  readonly path: string;
  readonly text: string;
  /** True where what is there now is to be kept as `PATH.old`. */
  readonly backup: boolean;
}

/** What a run of `conf` comes to. */
export interface ConfResult {
  readonly exitCode: 0 | 1;
  readonly stdout: string;
  readonly stderr: string;
  /** In the order in which they are to be written. */
  readonly files: readonly ConfFile[];
}
