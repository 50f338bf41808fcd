import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The clone of this project that the command works in: the one its launcher belongs to, else the one around `cwd`.
 * @returns its absolute path, undefined outside of any clone
 */
export function findClone(cwd: string, launcher: string | undefined): string | undefined {
  if (launcher !== undefined && isClone(launcher)) return launcher;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isClone(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function isClone(folder: string): boolean {
  return (
    existsSync(join(folder, "buildroot-ipa/external.desc")) && existsSync(join(folder, "packages/cli/package.json"))
  );
}
