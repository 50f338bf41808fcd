import { link, lstat, rename, rm } from "node:fs/promises";
import { geteuid } from "node:process";
import { bytesOf } from "./bytes.js";
import { temporaryBeside } from "./temporary-name.js";

/**
 * Makes `PATH.old` what PATH is, without a moment in which PATH does not exist; where there can be no second name for it, by
 * renaming it. Where neither can be done, as C does: the file is written without it. Returns what takes a renaming back.
 * The characters of the path are bytes.
 */
export async function keepOld(path: string): Promise<(() => Promise<void>) | undefined> {
  const [here, old, temporary] = [bytesOf(path), bytesOf(`${path}.old`), bytesOf(temporaryBeside(path))];
  if (await canLink(here)) {
    try {
      await link(here, temporary);
    } catch {
      // there are file systems without links
      return byRenaming(here, old);
    }
    await rename(temporary, old).catch(() => undefined);
    // Where both are the same file already, the renaming does nothing and leaves the temporary name behind.
    await rm(temporary, { force: true });
    return undefined;
  }
  return byRenaming(here, old);
}

/** In a folder such as /tmp, a second name for somebody else's file could not be removed again. */
async function canLink(path: Buffer): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  const user = geteuid?.();
  return found !== undefined && (user === 0 || user === found.uid);
}

async function byRenaming(path: Buffer, old: Buffer): Promise<(() => Promise<void>) | undefined> {
  try {
    await rename(path, old);
  } catch {
    return undefined;
  }
  return () => rename(old, path).catch(() => undefined);
}
