import { invalidImage } from "./invalid.js";
import { need as needWithin } from "./need.js";
import type { FileSource } from "./source.js";

const need = (source: FileSource, offset: number, length: number): Promise<Buffer> =>
  needWithin(source, offset, length, "an xz stream");

/** Bytes of the check behind each block, by its kind (The .xz File Format, 2.1.1.2). */
const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/**
 * Where the .xz stream that begins at `start` ends, without unpacking it (The .xz File Format, 1.2.1): block headers tell
 * their sizes, and so do the chunks of LZMA2.
 * Errors: `IMAGE_INVALID`.
 */
export async function xzEnd(source: FileSource, start: number): Promise<number> {
  const flags = (await need(source, start, 12))[7] ?? 0;
  const check = checkSizes[flags & 15] ?? 0;
  let offset = start + 12;
  for (;;) {
    const size = (await need(source, offset, 1))[0] ?? 0;
    if (size === 0) break;
    const data = offset + (size + 1) * 4;
    const end = await chunksEnd(source, data);
    offset = data + padded(end - data) + check;
  }
  const index = await indexEnd(source, offset);
  const footer = offset + padded(index - offset) + 4;
  if ((await need(source, footer + 10, 2)).toString("latin1") !== "YZ") {
    throw invalidImage(source.path, footer, "its xz stream does not end as such streams end");
  }
  return footer + 12;
}

/** Behind the last chunk of LZMA2: each begins with a control byte, its size minus one in two bytes. */
async function chunksEnd(source: FileSource, start: number): Promise<number> {
  for (let offset = start; ;) {
    const head = await need(source, offset, 1);
    const control = head[0] ?? 0;
    if (control === 0) return offset + 1;
    if (control > 2 && control < 0x80) throw invalidImage(source.path, offset, "its xz stream has an unknown chunk");
    const packed = control >= 0x80;
    const at = packed ? offset + 3 : offset + 1;
    const size = (await need(source, at, 2)).readUInt16BE(0) + 1;
    const header = packed ? (control >= 0xc0 ? 6 : 5) : 3;
    offset += header + size;
  }
}

/** Behind the index's records: a zero byte, their count, two numbers for each. */
async function indexEnd(source: FileSource, start: number): Promise<number> {
  const [count, first] = await number(source, start + 1);
  let offset = first;
  for (let left = count * 2; left > 0; left -= 1) [, offset] = await number(source, offset);
  return offset;
}

/** A number in groups of seven bits, at most nine bytes, and where it ends. */
async function number(source: FileSource, offset: number): Promise<readonly [value: number, end: number]> {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = (await need(source, offset + index, 1))[0] ?? 0;
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return [value, offset + index + 1];
  }
  throw invalidImage(source.path, offset, "its xz stream has a number without end");
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
