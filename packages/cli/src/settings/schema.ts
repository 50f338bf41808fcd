import * as v from "valibot";

const path = v.pipe(v.string(), v.nonEmpty());
const oneOrMore = v.union([v.pipe(v.array(path), v.readonly()), path]);

/** What a config file may hold. Relative paths are taken from the file's folder. */
export const configSchema = v.strictObject({
  /** A Buildroot tree (`--buildroot`, BR2_UPSTREAM). */
  buildroot: v.optional(path),
  /** External trees, in order (`--external`, BR2_EXTERNAL). */
  external: v.optional(oneOrMore),
  /** The output folder (`--output`, BR2_OUTPUT_DIR). */
  output: v.optional(path),
  /** The download folder (`--dl-dir`, BR2_DL_DIR). */
  dlDir: v.optional(path),
  /** The compiler cache (`--ccache-dir`, BR2_CCACHE_DIR). */
  ccacheDir: v.optional(path),
  /** The defconfig to configure when none is named. */
  defconfig: v.optional(v.pipe(v.string(), v.nonEmpty())),
  /** Files of settings over the defconfig (`--fragment`, IPA_BR_FRAGMENT). */
  fragment: v.optional(oneOrMore),
  /** Settings over all that, by symbol (`--set`, IPA_BR_SET). */
  set: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});

/** The content of `ipa-br.config.{js,mjs,json}` or of the `ipa-br` key of a package.json. */
export type Config = v.InferOutput<typeof configSchema>;

/** Gives a config file its types: `export default defineConfig({ ... })`. */
export function defineConfig(config: Config): Config {
  return config;
}
