import { join } from "node:path";
import { nearestNames } from "@ipa-br/kconfig";
import { BuildrootError } from "./errors.js";
import type { Defconfig, ExternalTree } from "./types.js";

/** The sections of `make list-defconfigs`: Buildroot's own, then one per external tree that has any, titled with its description. */
export function parseDefconfigs(output: string, buildroot: string, externals: readonly ExternalTree[]): Defconfig[] {
  const found: Defconfig[] = [];
  const left = [...externals];
  let tree: ExternalTree | undefined;
  for (const line of output.split("\n")) {
    const title = /^External configs in "(.*)":$/.exec(line)?.[1];
    if (title !== undefined) {
      const index = left.findIndex(({ name, description }) => (description ?? name) === title || name === title);
      tree = left.splice(Math.max(index, 0), 1)[0];
    } else if (line.startsWith("Built-in configs:")) tree = undefined;
    const name = /^ {2}(\S+_defconfig)\s+- /.exec(line)?.[1];
    if (name !== undefined)
      found.push({ name, tree: tree?.name, path: join(tree?.path ?? buildroot, "configs", name) });
  }
  return found;
}

/**
 * The defconfig that `name` means, with or without "_defconfig"; of two trees that have it the later external tree wins, as in
 * Buildroot's Makefile. Throws DEFCONFIG_UNKNOWN with the nearest names.
 */
export function chooseDefconfig(name: string, defconfigs: readonly Defconfig[]): Defconfig {
  const wanted = name.endsWith("_defconfig") ? name : `${name}_defconfig`;
  const found = defconfigs.findLast((one) => one.name === wanted);
  if (found !== undefined) return found;
  const nearest = nearestNames(wanted, [...new Set(defconfigs.map((one) => one.name))]);
  throw new BuildrootError("DEFCONFIG_UNKNOWN", `There is no defconfig ${wanted}.`, {
    hint: nearest.length > 0 ? `Did you mean ${nearest.join(", ")}?` : "See the list of defconfigs: listDefconfigs().",
    details: { name: wanted, nearest },
  });
}
