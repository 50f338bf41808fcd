import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PresetError } from "./errors.js";

/** The folder of this package: modules lie one level below it, in src/ as in dist/. */
const packageFolder = new URL("../", import.meta.url);

/**
 * Absolute path of the external tree.
 *
 * In a clone of the repository it is the clone's own buildroot-ipa/, so that what is edited or saved there takes effect and
 * stays; in the published package it is the copy that the build made, tree/.
 *
 * @param from the package's folder; the default is the one that this module belongs to
 * @throws PresetError TREE_MISSING where neither exists
 */
export function locateExternalTree(from: URL = packageFolder): string {
  const candidates = existsSync(new URL("../../pnpm-workspace.yaml", from))
    ? [new URL("../../buildroot-ipa/", from), new URL("tree/", from)]
    : [new URL("tree/", from)];
  const found = candidates.find((candidate) => existsSync(new URL("external.desc", candidate)));
  if (found) return fileURLToPath(found).replace(/\/$/, "");
  throw new PresetError("TREE_MISSING", `no external tree in ${fileURLToPath(candidates.at(-1)!)}`, {
    hint: "install @ipa-br/preset-ipa anew, or in a clone: pnpm run build",
  });
}
