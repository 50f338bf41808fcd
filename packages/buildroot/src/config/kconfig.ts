import { arch } from "node:os";
import { join } from "node:path";
import { type Configuration, createConfiguration, dialects, KconfigError, type KconfigTree } from "@ipa-br/kconfig";
import { loadTree, requireValidTree } from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";

/** What Buildroot's Makefile hands to its Config.in files. */
export interface KconfigOrigin {
  readonly buildroot: string;
  /** The output folder: Buildroot leaves in it the files that lead to the external trees. */
  readonly output: string;
  readonly version: string;
}

const hostArchitectures: Readonly<Record<string, string>> = { x64: "x86_64", ia32: "x86", arm64: "aarch64" };

/**
 * Buildroot's Kconfig tree with its external trees, as make sees it. `config` is a .config that make wrote: it tells which
 * compiler the host has. undefined where the files are no Kconfig.
 */
export function openKconfig(
  { buildroot, output, version }: KconfigOrigin,
  config: ReadonlyMap<string, string>,
): KconfigTree | undefined {
  const compilers = [...config.keys()].map((name) => /^BR2_HOST_GCC_AT_LEAST_(\d+)$/.exec(name)?.[1]);
  const env = {
    BASE_DIR: output,
    BR2_DEFCONFIG: "",
    BR2_HIDE_SECONDARY_TARGET_OPTIONS: "n",
    BR2_VERSION: version,
    BR2_VERSION_FULL: version,
    HOSTARCH: hostArchitectures[arch()] ?? arch(),
    HOST_GCC_VERSION: String(Math.max(5, ...compilers.filter((one) => one !== undefined).map(Number))),
    SKIP_LEGACY: "",
  };
  try {
    return requireValidTree(
      loadTree({ root: join(buildroot, "Config.in"), host: nodeHost(), dialect: dialects.buildroot, env }),
    );
  } catch (error) {
    if (error instanceof KconfigError) return undefined;
    throw error;
  }
}

/** A configuration with the values of a text. */
export function evaluate(tree: KconfigTree, text: string): Configuration {
  const configuration = createConfiguration(tree);
  configuration.loadDefconfig(text);
  return configuration;
}
