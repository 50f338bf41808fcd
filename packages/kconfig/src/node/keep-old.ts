import { randomBytes } from "node:crypto";
import { link, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Makes `PATH.old` what PATH is, without a moment in which PATH does not exist. */
export async function keepOld(path: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await link(path, temporary);
    await rename(temporary, `${path}.old`);
    // Where both are the same file already, the renaming does nothing and leaves the temporary name behind.
    await rm(temporary, { force: true });
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
