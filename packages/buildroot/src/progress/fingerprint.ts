import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const skipped = new Set([".git", "node_modules", "output", "dl"]);

/** The SHA-256 of each file of a tree that is wanted, by its path within, sorted. */
export async function fingerprintTree(
  root: string,
  wanted: (path: string) => boolean,
): Promise<readonly (readonly [string, string])[]> {
  const files: (readonly [string, string])[] = [];
  const folders = [""];
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) folders.push(path);
      if (!entry.isFile() || !wanted(path)) continue;
      const bytes = await readFile(join(root, path)).catch(() => Buffer.alloc(0));
      files.push([path, createHash("sha256").update(bytes).digest("hex")]);
    }
  }
  return files.sort(([one], [two]) => (one < two ? -1 : 1));
}
