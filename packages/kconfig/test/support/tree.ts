import { createConfiguration, dialects, loadTree, memoryHost } from "../../src/index.js";
import type { Configuration, Dialect, Environment, KconfigTree } from "../../src/index.js";

/** A tree of one file, or of several by path. */
export function treeOf(
  files: string | Readonly<Record<string, string>>,
  dialect: Dialect = dialects.buildroot,
  env: Environment = {},
): KconfigTree {
  const record = typeof files === "string" ? { Kconfig: files } : files;
  return loadTree({ root: "Kconfig", host: memoryHost(record), dialect, env });
}

/** The values of a tree in which the user has set nothing. */
export function configurationOf(text: string, dialect?: Dialect): Configuration {
  return createConfiguration(treeOf(text, dialect));
}

/** A .config without its heading and blank lines. */
export function body(config: string): string[] {
  return config
    .split("\n")
    .slice(4)
    .filter((line) => line !== "");
}
