import { createWriteStream, type WriteStream } from "node:fs";
import { rename, symlink } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { ensureFolder } from "../ensure-folder.js";

/** A log being written. A disk that is full does not end the build: make will say so itself, and `failure` keeps the reason. */
export class LogFile {
  readonly path: string;
  readonly #stream: WriteStream;
  failure: Error | undefined;

  private constructor(path: string) {
    this.path = path;
    this.#stream = createWriteStream(path, { highWaterMark: 1 << 20 });
    this.#stream.on("error", (error) => {
      this.failure = error;
    });
  }

  static async create(path: string): Promise<LogFile> {
    await ensureFolder(dirname(path));
    return new LogFile(path);
  }

  /** False if the disk is slower than the build: `onDrain` is then called once it has caught up. */
  write(piece: string | Uint8Array, onDrain: () => void): boolean {
    if (this.failure !== undefined || this.#stream.write(piece)) return true;
    let called = false;
    const once = (): void => {
      if (!called) onDrain();
      called = true;
    };
    this.#stream.once("drain", once);
    this.#stream.once("error", once);
    return false;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.failure !== undefined || this.#stream.closed) resolve();
      else {
        this.#stream.once("close", () => resolve());
        this.#stream.end();
      }
    });
  }
}

/** Makes `link` lead to `path` in its folder, at no moment leading nowhere. */
export async function linkLatest(path: string, link: string): Promise<void> {
  const temporary = `${path}.link`;
  await symlink(basename(path), temporary);
  await rename(temporary, link);
}
