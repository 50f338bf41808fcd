import { randomBytes } from "node:crypto";
import { open, unlink, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk for a machine to write to, which is read here: a sparse file that loses its name as soon as QEMU has it. */
export class ScratchDisk {
  readonly path: string;
  readonly #file: FileHandle;
  #named = true;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /** Makes one in TMPDIR. */
  static async make(bytes: number, env: Readonly<Record<string, string | undefined>>): Promise<ScratchDisk> {
    const path = join(env["TMPDIR"] || tmpdir(), `ipa-br-disk-${randomBytes(8).toString("hex")}.img`);
    const file = await open(path, "wx+", 0o600);
    const disk = new ScratchDisk(path, file);
    try {
      await file.truncate(bytes);
      return disk;
    } catch (error) {
      await disk.close();
      throw error;
    }
  }

  /** Takes the name away: whoever has it open keeps it, and nothing is left however this program ends. */
  async forgetName(): Promise<void> {
    if (!this.#named) return;
    this.#named = false;
    await unlink(this.path).catch(() => {});
  }

  /** Its first bytes. */
  async read(bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await this.#file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.forgetName();
    await this.#file.close();
  }
}
