import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ImageFile } from "./types.js";

/** The files in a folder of images, those in its sub-folders left out, links to files followed. */
export async function listImages(folder: string): Promise<readonly ImageFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return found?.isFile() === true ? { name, path, size: found.size, modifiedAt: found.mtimeMs } : undefined;
    }),
  );
  return files.filter((file) => file !== undefined).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
