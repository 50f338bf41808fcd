import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** A folder with all programs of this machine's PATH but some, to be a PATH. */
export function pathWithout(folder: string, names: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  for (const from of (process.env["PATH"] ?? "").split(":")) {
    if (from === "" || !existsSync(from)) continue;
    for (const name of readdirSync(from)) {
      const link = join(folder, name);
      if (!names.includes(name) && !existsSync(link)) symlinkSync(join(from, name), link);
    }
  }
  return folder;
}
