import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { bytesOf } from "./bytes.js";

/** A name beside a file that nothing has; also where the file's own name is as long as names can be. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 50)}.${randomBytes(6).toString("hex")}.tmp`);
}

/** A file that is to take the place of another one. The characters of paths are bytes. */
export class Replacement {
  #path: string | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  /** `like`: the file whose owner and mode it is to have; fails with EPERM where it cannot have that owner. */
  static async create(target: string, data: Uint8Array, sync: boolean, like?: Stats): Promise<Replacement> {
    const path = temporaryBeside(target);
    const file = await open(bytesOf(path), "wx", 0o666);
    const replacement = new Replacement(path);
    try {
      if (like !== undefined) {
        await file.chmod(like.mode & 0o7777);
        const { uid, gid } = await file.stat();
        if (uid !== like.uid || gid !== like.gid) throw Object.assign(new Error("another owner"), { code: "EPERM" });
      }
      await file.writeFile(data);
      if (sync) await file.sync();
    } catch (error) {
      await replacement.remove();
      throw error;
    } finally {
      await file.close();
    }
    return replacement;
  }

  async rename(target: string): Promise<void> {
    await rename(bytesOf(this.#path!), bytesOf(target));
    this.#path = undefined;
  }

  /** Removes it, unless it has taken the place. */
  async remove(): Promise<void> {
    if (this.#path !== undefined) await rm(bytesOf(this.#path), { force: true });
    this.#path = undefined;
  }
}
