// The workspace's folders that hold a package; what another branch left behind (node_modules, dist) is none.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/**
 * @param {...string} parents folders of the workspace, such as "packages"
 * @returns {{ folder: string, manifest: { name: string, exports?: Record<string, unknown> } }[]} absolute paths
 */
export function packagesIn(...parents) {
  return parents
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }));
}
