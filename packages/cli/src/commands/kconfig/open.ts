import { existsSync } from "node:fs";
import { arch } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Buildroot } from "@ipa-br/buildroot";
import {
  type Configuration,
  createConfiguration,
  type Environment,
  KconfigError,
  loadTree,
  requireValidTree,
} from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import type { Io } from "../../io.js";
import { resolveSettings } from "../../settings/resolve.js";
import { openTree } from "../../tree.js";
import { chooseDialect } from "./dialect.js";

/** What every command over a configuration takes. */
export interface ConfigurationOptions {
  readonly output?: string;
  readonly buildroot?: string;
  readonly external?: readonly string[];
  readonly root?: string;
  readonly config?: string;
  readonly dialect?: string;
  readonly json?: boolean;
}

/**
 * The configuration that the options name: a tree and its .config.
 * @throws CliError CONFIG_MISSING; KconfigError TREE_INVALID, UNKNOWN_DIALECT; what opening Buildroot throws
 */
export async function openConfiguration(io: Io, options: ConfigurationOptions): Promise<Configuration> {
  if (options.root !== undefined) return openAny(io, resolve(io.cwd, options.root), options);
  const { buildroot, external, output } = options;
  const settings = await resolveSettings(io, {
    ...(buildroot === undefined ? {} : { buildroot }),
    ...(external === undefined ? {} : { external }),
    ...(output === undefined ? {} : { output }),
  });
  const config = join(settings.output, ".config");
  if (!existsSync(config)) {
    throw new CliError("CONFIG_MISSING", `${config} does not exist`, {
      hint: "ipa-br configure writes it; --output names another output folder, --root any other tree",
    });
  }
  const tree = await openTree(io, settings);
  const text = nodeHost().readFile(config)!;
  const root = join(tree.buildroot, "Config.in");
  return load(root, text, config, buildrootEnvironment(tree, text), chooseDialect(tree.buildroot, "buildroot"));
}

function openAny(io: Io, root: string, { config, dialect }: ConfigurationOptions): Configuration {
  const folder = dirname(root);
  const path = config === undefined ? undefined : resolve(io.cwd, config);
  const text = path === undefined ? undefined : nodeHost().readFile(path);
  if (path !== undefined && text === undefined) {
    throw new CliError("CONFIG_MISSING", `${path} does not exist`, { hint: "--config names a .config or a defconfig" });
  }
  return load(root, text, path, { srctree: folder, ...io.env }, chooseDialect(folder, dialect));
}

function load(
  root: string,
  text: string | undefined,
  path: string | undefined,
  env: Environment,
  dialect: ReturnType<typeof chooseDialect>,
): Configuration {
  const host = nodeHost({ shell: { env, cwd: dirname(root) } });
  const configuration = createConfiguration(requireValidTree(loadTree({ root, host, dialect, env })));
  if (text !== undefined) configuration.load(text, path === undefined ? {} : { path });
  return configuration;
}

const hostArchitectures: Readonly<Record<string, string>> = { x64: "x86_64", ia32: "x86", arm64: "aarch64" };

/** What Buildroot's Makefile hands to its Config.in; the host's compiler is the one that the .config was made with. */
function buildrootEnvironment(tree: Buildroot, config: string): Environment {
  const compilers = [...config.matchAll(/^BR2_HOST_GCC_AT_LEAST_(\d+)=y$/gm)].map((match) => Number(match[1]));
  return {
    BASE_DIR: tree.output,
    BR2_DEFCONFIG: "",
    BR2_HIDE_SECONDARY_TARGET_OPTIONS: "n",
    BR2_VERSION: tree.version,
    BR2_VERSION_FULL: tree.version,
    HOSTARCH: hostArchitectures[arch()] ?? arch(),
    HOST_GCC_VERSION: String(Math.max(...compilers, 5)),
    SKIP_LEGACY: "",
  };
}

/** A symbol and a value of the form NAME or NAME=VALUE; a prefix such as CONFIG_ may stand before it. */
export function parseWanted(configuration: Configuration, text: string): { name: string; value: string } {
  const equals = text.indexOf("=");
  const name = symbolName(configuration, equals < 0 ? text : text.slice(0, equals));
  return { name, value: equals < 0 ? "y" : text.slice(equals + 1) };
}

/** The name of a symbol without the dialect's prefix. */
export function symbolName({ tree }: Configuration, text: string): string {
  const { prefix } = tree.dialect;
  const bare = text.startsWith(prefix) && tree.symbol(text) === undefined ? text.slice(prefix.length) : text;
  return bare;
}

/** The symbol of that name. Throws KconfigError UNKNOWN_SYMBOL with the nearest names. */
export function requireSymbol(configuration: Configuration, name: string): void {
  configuration.value(name);
  if (configuration.tree.symbol(name)?.isDefined === true) return;
  throw new KconfigError("UNKNOWN_SYMBOL", `The tree mentions ${name} and defines it nowhere.`, {
    hint: `ipa-br kconfig search ${name}`,
    details: { name },
  });
}
