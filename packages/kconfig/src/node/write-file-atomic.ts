import { lstat, open, realpath, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { KconfigError } from "../errors.js";
import { toBytes } from "./bytes.js";
import { Replacement } from "./replacement.js";
import { isSpecial } from "./special-file.js";

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
  let replacement: Replacement | undefined;
  try {
    const target = await followLinks(path);
    const found = await stat(target).catch(() => undefined);
    if (isSpecial(found)) return await writeFile(target, data);
    const mode = options.mode ?? (found === undefined ? undefined : found.mode & 0o7777);
    const bytes = toBytes(target);
    replacement = await Replacement.create(bytes, data, { sync: true, ...(mode !== undefined && { mode }) });
    await replacement.rename(bytes, options.backup);
    await syncFolder(dirname(target));
  } catch (cause) {
    await replacement?.remove();
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

/** Some file systems refuse to sync a folder; the rename has happened by then, so that is no failure. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  if (folder === undefined) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
