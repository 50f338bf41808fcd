import { gunzipSync } from "node:zlib";
import { compressionOf } from "./format.js";
import { FileSource } from "./source.js";
import { invalidImage } from "./invalid.js";
import { memberAt } from "./unpack.js";
import { throwIfAborted } from "../wait/abort.js";
import type { ReadOptions } from "./archives.js";

/** Around the packed .config in a kernel with CONFIG_IKCONFIG (Linux' `kernel/configs.c`). */
const [begin, end] = [Buffer.from("IKCFG_ST"), Buffer.from("IKCFG_ED")];

/** Bytes of a packed .config, at most, and of the kernel that is looked through. */
const configBytes = 4 * 1024 * 1024;
const kernelBytes = 512 * 1024 * 1024;

/**
 * The .config that a kernel carries; undefined where it carries none. A bzImage is unpacked for it, a plain or gzipped
 * kernel is read as it is.
 * Errors: `IMAGE_UNREADABLE`, `IMAGE_INVALID`, `IMAGE_UNSUPPORTED`, `DECOMPRESSOR_MISSING`, `ABORTED`.
 */
export async function embeddedConfig(path: string, options: ReadOptions): Promise<string | undefined> {
  const source = await FileSource.open(path, options.signal);
  try {
    const packed = await between(await kernelChunks(source, options), options.signal);
    if (packed === undefined) return undefined;
    try {
      return gunzipSync(packed, { maxOutputLength: 16 * 1024 * 1024 }).toString("latin1");
    } catch (error) {
      throw invalidImage(path, 0, "the .config that it carries is corrupt", error);
    }
  } finally {
    await source.close();
  }
}

/** The kernel itself: what a bzImage unpacks at its start (Linux' `Documentation/arch/x86/boot.rst`, payload_offset). */
async function kernelChunks(source: FileSource, { env }: ReadOptions): Promise<AsyncIterable<Buffer>> {
  const setup = await source.bytes(0, 0x260);
  if (
    setup.length === 0x260 &&
    setup.toString("latin1", 0x202, 0x206) === "HdrS" &&
    setup.readUInt16LE(0x206) >= 0x208
  ) {
    const sectors = setup[0x1f1] === 0 ? 4 : (setup[0x1f1] ?? 4);
    return (await memberAt(source, (sectors + 1) * 512 + setup.readUInt32LE(0x248), env)).chunks;
  }
  if (compressionOf(setup) === "gzip") return (await memberAt(source, 0, env)).chunks;
  return source.range(0, source.size);
}

/** What lies between the two marks. */
async function between(chunks: AsyncIterable<Buffer>, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
  let held = Buffer.alloc(0);
  let inside = false;
  let seen = 0;
  for await (const chunk of chunks) {
    throwIfAborted(signal);
    seen += chunk.length;
    held = Buffer.concat([held, chunk]);
    if (!inside) {
      const start = held.indexOf(begin);
      inside = start !== -1;
      held = held.subarray(inside ? start + begin.length : Math.max(0, held.length - begin.length + 1));
    }
    const stop = inside ? held.indexOf(end) : -1;
    if (stop !== -1) return held.subarray(0, stop);
    if (held.length > configBytes || seen > kernelBytes) return undefined;
  }
  return undefined;
}
