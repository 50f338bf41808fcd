import type { Stats } from "node:fs";
import { chmod, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { KconfigError } from "../errors.js";
import { keepOld } from "./keep-old.js";
import { temporaryBeside } from "./replacement.js";

export interface WriteFileAtomicOptions {
  /** The file's mode. Default: that of the file that is replaced, else 0o666 without the bits of the umask. */
  readonly mode?: number;
  /** Keeps what was there as `PATH.old`, as the C tools do. */
  readonly backup?: boolean;
}

/**
 * Replaces a file so that readers, and a machine that loses power, see the old content or the new one and never a part:
 * temporary file beside it, fsync, rename, fsync of the folder. A symbolic link stays and its target is replaced. The
 * file's mode is kept. A device or a pipe, such as `/dev/null`, is written to and stays. Throws FILE_UNWRITABLE, and
 * leaves nothing behind then.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: WriteFileAtomicOptions = {},
): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await followLinks(path);
    const found = await stat(target).catch(() => undefined);
    if (isSpecial(found)) return await writeFile(target, data);
    const mode = options.mode ?? (found === undefined ? undefined : found.mode & 0o7777);
    temporary = temporaryBeside(target);
    const file = await open(temporary, "wx", mode ?? 0o666);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== undefined) await chmod(temporary, mode);
    const undo = options.backup === true ? await keepOld(target) : undefined;
    await rename(temporary, target).catch(async (error: unknown) => {
      await undo?.();
      throw error;
    });
    temporary = undefined;
    await syncFolder(dirname(target));
  } catch (cause) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    throw new KconfigError("FILE_UNWRITABLE", `${path} cannot be written: ${(cause as Error).message}.`, {
      hint: `Check that the folder ${dirname(path)} exists and may be written.`,
      details: { path, errno: (cause as NodeJS.ErrnoException).code },
      cause,
    });
  }
}

async function followLinks(path: string): Promise<string> {
  const link = await lstat(path).catch(() => undefined);
  return link?.isSymbolicLink() === true ? realpath(path) : path;
}

/** Whether it is something that no file may take the place of: a device, a pipe, a socket. */
function isSpecial(found: Stats | undefined): boolean {
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Some file systems refuse to sync a folder; the rename has happened by then, so that is no failure. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  if (folder === undefined) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
