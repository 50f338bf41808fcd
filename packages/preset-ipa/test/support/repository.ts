import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));
export const tree = join(root, "buildroot-ipa");
export const buildroot = join(root, "buildroot");

/** Why the tests against real Buildroot cannot run here, or undefined. */
export const noBuildroot = existsSync(join(buildroot, "Makefile"))
  ? undefined
  : "the submodule buildroot/ is not checked out (git submodule update --init)";

/** Every symbol that the Config.in files of a folder declare. */
export function declaredSymbols(folder: string): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.startsWith("Config.")) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    for (const match of text.matchAll(/^\s*(?:menu)?config\s+(BR2_\w+)/gm)) names.add(match[1]!);
  }
  return names;
}
