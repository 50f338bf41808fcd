import { randomBytes } from "node:crypto";
import { open, unlink, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A disk for a machine to write to, which is read here: a sparse file that has no name, so that nothing is left however this
 * program ends. Linux lends it to QEMU by its descriptor here (proc_pid_fd(5)); elsewhere it has a name until QEMU has it.
 */
export class ScratchDisk {
  readonly #name: string;
  readonly #file: FileHandle;
  #named = true;

  private constructor(name: string, file: FileHandle) {
    this.#name = name;
    this.#file = file;
  }

  /** Where QEMU opens it. */
  get path(): string {
    return this.#named ? this.#name : `/proc/${process.pid}/fd/${this.#file.fd}`;
  }

  /** Makes one in TMPDIR. */
  static async make(bytes: number, env: Readonly<Record<string, string | undefined>>): Promise<ScratchDisk> {
    const path = join(env["TMPDIR"] || tmpdir(), `ipa-br-disk-${randomBytes(8).toString("hex")}.img`);
    const file = await open(path, "wx+", 0o600);
    const disk = new ScratchDisk(path, file);
    try {
      if (process.platform === "linux") await disk.forgetName();
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
    await unlink(this.#name).catch(() => {});
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
