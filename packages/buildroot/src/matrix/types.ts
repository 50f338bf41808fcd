import type { SettingValue } from "../types.js";

/** One of many configurations to build. */
export interface MatrixEntry {
  /** Letters, digits, dots, dashes and underscores: it becomes a folder and the name of an artifact. */
  readonly name: string;
  readonly defconfig: string;
  /** Files of settings; for a pipeline relative to the repository's root. */
  readonly fragments?: readonly string[];
  readonly set?: Readonly<Record<string, SettingValue>>;
}

/** What is the same for every job of a pipeline. */
export interface PipelineOptions {
  readonly entries: readonly MatrixEntry[];
  /** What builds: default `npx --yes @ipa-br/cli`. */
  readonly command?: string;
  /** Jobs at once. Default: as many as the engine gives. */
  readonly atOnce?: number;
  /** ccache's remote storage: an address with http, https, redis or redis+unix. Buildroot's own ccache can do them all. */
  readonly remoteCache?: string;
  /** The container image to build in. */
  readonly image?: string;
}
