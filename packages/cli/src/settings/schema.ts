import * as v from "valibot";

/** The content of `ipa-br.config.{js,mjs,json}` or of the `ipa-br` key of a package.json. Relative paths are taken from the file's folder. */
export interface Config {
  /** A Buildroot tree (`--buildroot`, BR2_UPSTREAM). */
  readonly buildroot?: string;
  /** External trees, in order (`--external`, BR2_EXTERNAL). */
  readonly external?: string | readonly string[];
  /** The output folder (`--output`, BR2_OUTPUT_DIR). */
  readonly output?: string;
  /** The download folder (`--dl-dir`, BR2_DL_DIR). */
  readonly dlDir?: string;
  /** The compiler cache (`--ccache-dir`, BR2_CCACHE_DIR). */
  readonly ccacheDir?: string;
  /** The defconfig to configure when none is named. */
  readonly defconfig?: string;
  /** Files of settings over the defconfig (`--fragment`, IPA_BR_FRAGMENT). */
  readonly fragment?: string | readonly string[];
  /** Settings over all that, by symbol (`--set`, IPA_BR_SET). */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Symbols that need not hold as they were asked for (`--allow-mismatch`, IPA_BR_ALLOW_MISMATCH). */
  readonly allowMismatch?: string | readonly string[];
}

const path = v.pipe(v.string(), v.nonEmpty());
const oneOrMore = v.union([path, v.array(path)]);
const entries = {
  buildroot: v.exactOptional(path),
  external: v.exactOptional(oneOrMore),
  output: v.exactOptional(path),
  dlDir: v.exactOptional(path),
  ccacheDir: v.exactOptional(path),
  defconfig: v.exactOptional(path),
  fragment: v.exactOptional(oneOrMore),
  set: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  allowMismatch: v.exactOptional(oneOrMore),
};

/** What a config file may hold. */
export const configSchema: v.GenericSchema<unknown, Config> = v.strictObject(entries);

/** The names of its settings. */
export const configKeys: readonly string[] = Object.keys(entries);

/** Gives a config file its types: `export default defineConfig({ ... })`. */
export function defineConfig(config: Config): Config {
  return config;
}
