import { randomBytes } from "node:crypto";
import { copyFile, link, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Makes `PATH.old` what PATH is, without a moment in which PATH does not exist. Where that cannot be done, as C does:
 * the file is written without it.
 */
export async function keepOld(path: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    // there are file systems without links
    await link(path, temporary).catch(() => copyFile(path, temporary));
    await rename(temporary, `${path}.old`);
    // Where both are the same file already, the renaming does nothing and leaves the temporary name behind.
    await rm(temporary, { force: true });
  } catch {
    await rm(temporary, { force: true });
  }
}
