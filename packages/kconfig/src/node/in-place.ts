import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath, stat } from "node:fs/promises";
import { bytesOf } from "./bytes.js";
import { Replacement } from "./replacement.js";

const { O_WRONLY, O_CREAT, O_TRUNC } = constants;

/**
 * Gives a file this content as C's fopen() for writing does: links lead on, devices, pipes and other names of the file stay,
 * and what may not be written is not. Where nobody can tell the difference, the content is replaced in one step.
 */
export async function writeInPlace(target: string, data: Uint8Array): Promise<void> {
  const file = await openExisting(target);
  if (file === undefined) {
    const replacement = await Replacement.create(target, data, { sync: true });
    return replacement.rename(target).finally(() => replacement.remove());
  }
  try {
    const found = await file.stat();
    if (found.isFile()) {
      if (await replaceLike(found, target, data)) return;
      await file.truncate(0);
    }
    await file.writeFile(data);
  } finally {
    await file.close();
  }
}

/** The file, made anew behind a link that leads nowhere; `undefined` where there is neither file nor link. */
async function openExisting(target: string): Promise<FileHandle | undefined> {
  try {
    return await open(bytesOf(target), O_WRONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const link = await lstat(bytesOf(target)).catch(() => undefined);
    return link && open(bytesOf(target), O_WRONLY | O_CREAT | O_TRUNC, 0o666);
  }
}

/** False where a new file would not be the same to all: one with other names or another owner, or mounted alone. */
async function replaceLike(found: Stats, target: string, data: Uint8Array): Promise<boolean> {
  if (found.nlink > 1) return false;
  const path = await follow(target);
  if (path === undefined) return false;
  const named = await stat(bytesOf(path)).catch(() => undefined);
  if (named?.ino !== found.ino || named.dev !== found.dev) return false;
  let replacement: Replacement | undefined;
  try {
    replacement = await Replacement.create(path, data, { sync: true, like: found });
    await replacement.rename(path);
    return true;
  } catch {
    return false;
  } finally {
    await replacement?.remove();
  }
}

/** The path at the end of links; `undefined` where the system itself is on the way: what it shows as links are none. */
async function follow(target: string): Promise<string | undefined> {
  let path = target;
  for (let count = 0; count < 40; count++) {
    if (await isPlaceOfTheSystem(path)) return undefined;
    const link = await readlink(bytesOf(path), "latin1").catch(() => undefined);
    if (link === undefined) return path;
    path = link.startsWith("/") ? link : `${path.slice(0, path.lastIndexOf("/"))}/${link}`;
  }
  return undefined;
}

/** Whether it is a name such as `/dev/stdout`, in whose folder nothing is to be renamed. */
export async function isPlaceOfTheSystem(path: string): Promise<boolean> {
  const folder = await realpath(bytesOf(path.slice(0, path.lastIndexOf("/") + 1)), "latin1").catch(() => "");
  return folder === "/dev" || folder === "/proc" || folder.startsWith("/proc/");
}
