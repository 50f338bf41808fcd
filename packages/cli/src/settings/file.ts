import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { lilconfig, type Loader } from "lilconfig";
import { CliError } from "../errors.js";
import type { Config } from "./schema.js";

/** A config file that was found, its paths made absolute. */
export interface LoadedConfig {
  readonly file: string;
  readonly config: Config;
}

const load: Loader = async (file) => {
  const module: unknown = await import(pathToFileURL(file).href);
  return (module as { default?: unknown }).default;
};

const searchPlaces = ["ipa-br.config.mjs", "ipa-br.config.js", "ipa-br.config.json", "package.json"];

/**
 * Finds the config file in `cwd` or the folders above it, or loads the one that was named.
 * @throws CliError CONFIG_INVALID for a file that is missing, does not load or holds what it should not
 */
export async function loadConfig(cwd: string, named?: string): Promise<LoadedConfig | undefined> {
  let reading = named === undefined ? undefined : resolve(cwd, named);
  const noting = (loader: Loader): Loader => {
    return (file, content) => {
      reading = file;
      return loader(file, content);
    };
  };
  const json: Loader = (_file, content) => JSON.parse(content) as unknown;
  // somebody else's package.json that does not parse is not this command's business
  const manifest: Loader = (file, content) => (file.endsWith("package.json") ? tolerant(content) : json(file, content));
  const search = lilconfig("ipa-br", {
    searchPlaces,
    loaders: { ".mjs": noting(load), ".js": noting(load), ".json": noting(manifest) },
  });
  let found;
  try {
    found = reading === undefined ? await search.search(cwd) : await search.load(reading);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError("CONFIG_INVALID", `${reading ?? "the config file"} cannot be read: ${reason}`, {
      hint: "mend the file, or name another one with --config FILE",
      details: { file: reading },
      cause,
    });
  }
  if (found === null || found.isEmpty === true) return undefined;
  const { validate } = await import("./validate.js");
  return { file: found.filepath, config: absolute(validate(found.config, found.filepath), dirname(found.filepath)) };
}

function tolerant(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return {};
  }
}

function absolute(config: Config, folder: string): Config {
  const all = (value: string | readonly string[]) => [value].flat().map((path) => resolve(folder, path));
  return {
    ...config,
    ...(config.buildroot === undefined ? {} : { buildroot: resolve(folder, config.buildroot) }),
    ...(config.external === undefined ? {} : { external: all(config.external) }),
    ...(config.output === undefined ? {} : { output: resolve(folder, config.output) }),
    ...(config.dlDir === undefined ? {} : { dlDir: resolve(folder, config.dlDir) }),
    ...(config.ccacheDir === undefined ? {} : { ccacheDir: resolve(folder, config.ccacheDir) }),
    ...(config.fragment === undefined ? {} : { fragment: all(config.fragment) }),
  };
}
