import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** What a transaction does to the file system; a test hands in one that fails or ends at any of these. */
export interface FileOperations {
  /** undefined if there is no such file. */
  read(path: string): Promise<string | undefined>;
  /** Writes a new file, on disk when this returns. */
  write(path: string, text: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** No error if it is not there. */
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** The file that a path leads to through links, and its mode; undefined if there is none. */
  follow(path: string): Promise<{ readonly path: string; readonly mode: number } | undefined>;
}

/** The file system itself. */
export const localFiles: FileOperations = {
  async read(path) {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  },
  async write(path, text, mode) {
    const file = await open(path, "w", mode);
    try {
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async rename(from, to) {
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  remove: (path) => rm(path, { force: true }),
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async follow(path) {
    const found = await realpath(path).catch(() => undefined);
    return found === undefined ? undefined : { path: found, mode: (await stat(found)).mode & 0o7777 };
  },
};

/** A rename is on disk when its folder is; some file systems cannot say so, and the rename has happened all the same. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  if (folder === undefined) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
