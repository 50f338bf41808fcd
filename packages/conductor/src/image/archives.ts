import { ChunkReader } from "./chunk-reader.js";
import { compressionOf, type Compression } from "./format.js";
import { ConductorError } from "../errors.js";
import { cpioEntries, CpioFailure, type CpioEntry } from "./cpio.js";
import { FileSource } from "./source.js";
import { invalidImage } from "./invalid.js";
import { memberAt } from "./unpack.js";
import { throwIfAborted } from "../wait/abort.js";
import type { Environment } from "../types.js";

/** A part of an initramfs: plain archives, or what one compressor made. */
export interface Segment {
  readonly compression: Compression;
  /** Where it begins in the file. */
  readonly offset: number;
  /** Of xz the kind of its checksum: 0 none, 1 CRC32, 4 CRC64, 10 SHA-256. */
  readonly check?: number;
}

/** How an initramfs is read. */
export interface ReadOptions {
  /** PATH finds the programs that unpack. */
  readonly env: Environment;
  /** Bytes that it may unpack to; 16 GiB unless said otherwise. */
  readonly maxBytes?: number;
  /** Entries that it may have; a million unless said otherwise. */
  readonly maxEntries?: number;
  readonly signal?: AbortSignal;
}

/**
 * The entries of an initramfs, read as the kernel does (`init/initramfs.c`): archives one behind the other, zeroes
 * between them, each part plain or packed in its own way.
 * Errors: `IMAGE_UNREADABLE`, `IMAGE_INVALID`, `IMAGE_UNSUPPORTED`, `IMAGE_TOO_LARGE`, `DECOMPRESSOR_MISSING`, `ABORTED`.
 */
export async function* initramfsEntries(
  path: string,
  options: ReadOptions,
  onSegment: (segment: Segment) => void,
): AsyncGenerator<CpioEntry, void, undefined> {
  const source = await FileSource.open(path, options.signal);
  const guard = new Guard(path, options);
  try {
    let offset = await behindZeroes(source, 0);
    if (offset >= source.size) throw invalidImage(path, 0, "it holds no archive");
    while (offset < source.size) {
      const magic = await source.bytes(offset, 8);
      const compression = compressionOf(magic);
      const check = compression === "xz" ? { check: (magic[7] ?? 0) & 15 } : {};
      onSegment({ compression: compression ?? "none", offset, ...check });
      const plain = compression === "none";
      const member = plain ? undefined : await memberAt(source, offset, options.env);
      const chunks = member?.chunks ?? source.range(offset, source.size);
      const reader = new ChunkReader(guard.counted(chunks));
      try {
        yield* segmentEntries(reader, { path, offset, plain }, guard);
      } finally {
        await reader.close();
      }
      offset = await behindZeroes(source, member?.end() ?? offset + reader.consumed);
    }
  } finally {
    await source.close();
  }
}

interface Place {
  readonly path: string;
  readonly offset: number;
  readonly plain: boolean;
}

/** The archives of one part. Behind plain ones something packed may follow, within packed ones nothing else may. */
async function* segmentEntries(
  reader: ChunkReader,
  { path, offset, plain }: Place,
  guard: Guard,
): AsyncGenerator<CpioEntry, void, undefined> {
  for (;;) {
    await reader.skipZeroes();
    const next = await reader.peek(8);
    if (next.length === 0 || (plain && compressionOf(next) !== "none" && reader.consumed > 0)) return;
    try {
      for await (const entry of cpioEntries(reader)) {
        guard.entry();
        yield entry;
      }
    } catch (error) {
      if (!(error instanceof CpioFailure)) throw error;
      throw invalidImage(path, plain ? offset + reader.consumed : offset, error.message, error);
    }
  }
}

async function behindZeroes(source: FileSource, start: number): Promise<number> {
  for (let offset = start; offset < source.size;) {
    const bytes = await source.bytes(offset, 4096);
    const first = bytes.findIndex((byte) => byte !== 0);
    if (first !== -1) return offset + first;
    offset += bytes.length;
  }
  return source.size;
}

/** Ends what does not end by itself. */
class Guard {
  readonly #path: string;
  readonly #options: ReadOptions;
  #bytes = 0;
  #entries = 0;

  constructor(path: string, options: ReadOptions) {
    this.#path = path;
    this.#options = options;
  }

  async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
    const { maxBytes = 16 * 2 ** 30, signal } = this.#options;
    for await (const chunk of chunks) {
      throwIfAborted(signal);
      this.#bytes += chunk.length;
      if (this.#bytes > maxBytes) throw this.#tooLarge(`more than ${maxBytes} bytes`);
      yield chunk;
    }
  }

  entry(): void {
    const { maxEntries = 1_000_000 } = this.#options;
    this.#entries += 1;
    if (this.#entries > maxEntries) throw this.#tooLarge(`more than ${maxEntries} entries`);
  }

  #tooLarge(what: string): ConductorError {
    return new ConductorError("IMAGE_TOO_LARGE", `${this.#path} unpacks to ${what}.`, {
      hint: "No image of the agent is that large: find out where the file comes from.",
      details: { path: this.#path },
    });
  }
}
