import { open, type FileHandle } from "node:fs/promises";
import { ConductorError } from "../errors.js";
import { throwIfAborted } from "../wait/abort.js";

/** Bytes that are read at once. */
const windowBytes = 256 * 1024;

/** A file that is read here and there, some of it at a time. */
export class FileSource {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly #file: FileHandle;
  readonly #signal: AbortSignal | undefined;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  private constructor(path: string, size: number, file: FileHandle, signal: AbortSignal | undefined) {
    this.path = path;
    this.size = size;
    this.#file = file;
    this.#signal = signal;
  }

  /** Reading it ends with `ABORTED` when the signal is aborted. Errors: `IMAGE_UNREADABLE`. */
  static async open(path: string, signal?: AbortSignal): Promise<FileSource> {
    let file: FileHandle | undefined;
    try {
      file = await open(path, "r");
      const stats = await file.stat();
      if (!stats.isFile()) throw new Error("it is no file");
      return new FileSource(path, stats.size, file, signal);
    } catch (cause) {
      await file?.close();
      const { code, message } = cause as NodeJS.ErrnoException;
      const reason = code === "ENOENT" ? "it does not exist" : (code ?? message);
      throw new ConductorError("IMAGE_UNREADABLE", `${path} cannot be read: ${reason}.`, {
        hint: "Name a file that is there and may be read.",
        details: { path },
        cause,
      });
    }
  }

  /** The bytes at a place; fewer at the file's end. At most 256 KiB at a time. */
  async bytes(offset: number, length: number): Promise<Buffer> {
    const inside = offset >= this.#windowAt && offset + length <= this.#windowAt + this.#window.length;
    if (!inside) {
      throwIfAborted(this.#signal);
      const window = Buffer.allocUnsafe(Math.min(windowBytes, Math.max(0, this.size - offset)));
      const { bytesRead } = await this.#file.read(window, 0, window.length, offset);
      this.#window = window.subarray(0, bytesRead);
      this.#windowAt = offset;
    }
    const start = offset - this.#windowAt;
    return this.#window.subarray(start, start + length);
  }

  /** All bytes from one place to another, piece by piece. */
  async *range(start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
    for (let offset = start; offset < end;) {
      const piece = Buffer.allocUnsafe(Math.min(windowBytes, end - offset));
      const { bytesRead } = await this.#file.read(piece, 0, piece.length, offset);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
      offset += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
