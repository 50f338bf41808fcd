import type { Stats } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { bytesOf } from "./bytes.js";
import { keepOld } from "./keep-old.js";
import { temporaryBeside } from "./temporary-name.js";

export interface ReplacementOptions {
  /** Forces it to the disk. */
  readonly sync: boolean;
  /** Its mode. Default: 0o666 without the bits of the umask. */
  readonly mode?: number;
  /** The file whose owner and mode it is to have; fails with EPERM where it cannot have that owner. */
  readonly like?: Stats;
}

/** A file that is to take the place of another one. The characters of paths are bytes. */
export class Replacement {
  #path: string | undefined;

  private constructor(path: string) {
    this.#path = path;
  }

  static async create(target: string, data: string | Uint8Array, options: ReplacementOptions): Promise<Replacement> {
    const { sync, like, mode = like && like.mode & 0o7777 } = options;
    const path = temporaryBeside(target);
    const file = await open(bytesOf(path), "wx", mode ?? 0o666);
    const replacement = new Replacement(path);
    try {
      // the umask took its part
      if (mode !== undefined) await file.chmod(mode);
      if (like !== undefined) {
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

  /** `backup`: what was there becomes `TARGET.old`. */
  async rename(target: string, backup = false): Promise<void> {
    const undo = backup ? await keepOld(target) : undefined;
    try {
      await rename(bytesOf(this.#path!), bytesOf(target));
    } catch (error) {
      await undo?.();
      throw error;
    }
    this.#path = undefined;
  }

  /** Removes it, unless it has taken the place. */
  async remove(): Promise<void> {
    if (this.#path !== undefined) await rm(bytesOf(this.#path), { force: true });
    this.#path = undefined;
  }
}
