import { existsSync, statSync } from "node:fs";
import { arch } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Buildroot } from "@ipa-br/buildroot";
import {
  type Configuration,
  createConfiguration,
  type Dialect,
  type Environment,
  KconfigError,
  type KconfigTree,
  loadTree,
  requireValidTree,
} from "@ipa-br/kconfig";
import { nodeHost } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import type { Io } from "../../io.js";
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

/** A configuration, and the file that it was read from. */
export interface OpenedConfiguration {
  readonly configuration: Configuration;
  /** Where the .config is; `undefined` where none was named. */
  readonly path: string | undefined;
  readonly text: string;
}

/**
 * The configuration that the options name: a tree and its .config.
 * @throws CliError CONFIG_MISSING; KconfigError TREE_INVALID, UNKNOWN_DIALECT; what opening Buildroot throws
 */
export async function openConfiguration(io: Io, options: ConfigurationOptions): Promise<Configuration> {
  return (await openFile(io, options)).configuration;
}

/** As `openConfiguration`, with the file. */
export async function openFile(io: Io, options: ConfigurationOptions): Promise<OpenedConfiguration> {
  const opener = await findTree(io, options);
  const path = options.config === undefined ? opener.config : resolve(io.cwd, options.config);
  const text = path === undefined ? "" : nodeHost().readFile(path);
  if (text === undefined) {
    throw new CliError("CONFIG_MISSING", `${path} does not exist`, { hint: opener.hint });
  }
  const configuration = createConfiguration(opener.load(text));
  if (path !== undefined) configuration.load(text, { path });
  return { configuration, path, text };
}

/** The tree that the options name, without any .config; `text` tells what its environment was, where that matters. */
export async function openTreeOnly(io: Io, options: ConfigurationOptions, text = ""): Promise<KconfigTree> {
  return (await findTree(io, options)).load(text);
}

/** A tree that is found and not read yet. */
interface FoundTree {
  /** Its .config, where it has a place of its own. */
  readonly config: string | undefined;
  readonly hint: string;
  load(config: string): KconfigTree;
}

async function findTree(io: Io, options: ConfigurationOptions): Promise<FoundTree> {
  if (options.root !== undefined) {
    const root = resolve(io.cwd, options.root);
    return {
      config: undefined,
      hint: "--config names a .config or a defconfig",
      load: () => loadAny(io, root, options.dialect),
    };
  }
  const { buildroot, external, output } = options;
  // Only a search for the configured tree needs the rest of the command.
  const [{ resolveSettings }, { openTree }] = await Promise.all([
    import("../../settings/resolve.js"),
    import("../../tree.js"),
  ]);
  const settings = await resolveSettings(io, {
    ...(buildroot === undefined ? {} : { buildroot }),
    ...(external === undefined ? {} : { external }),
    ...(output === undefined ? {} : { output }),
  });
  const config = join(settings.output, ".config");
  const hint = "ipa-br configure writes it; --output names another output folder, --root any other tree";
  if (!existsSync(config)) throw new CliError("CONFIG_MISSING", `${config} does not exist`, { hint });
  const tree = await openTree(io, settings);
  const root = join(tree.buildroot, "Config.in");
  const dialect = chooseDialect(tree.buildroot, "buildroot");
  return { config, hint, load: (text) => load(root, buildrootEnvironment(tree, text), dialect) };
}

/** Any tree by its top file, or by the folder that the file is in. */
export function loadAny(io: Io, path: string, dialect: string | undefined): KconfigTree {
  const names = ["Config.in", "Kconfig", "src/Kconfig"];
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const inside = isFolder ? names.find((name) => existsSync(join(path, name))) : undefined;
  const root = inside === undefined ? path : join(path, inside);
  const folder = dirname(root);
  return load(root, { srctree: folder, ...io.env }, chooseDialect(folder, dialect));
}

function load(root: string, env: Environment, dialect: Dialect): KconfigTree {
  const host = nodeHost({ shell: { env, cwd: dirname(root) } });
  return requireValidTree(loadTree({ root, host, dialect, env }));
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
