import { invalidImage } from "./invalid.js";
import { need as needWithin } from "./need.js";
import type { FileSource } from "./source.js";

const need = (source: FileSource, offset: number, length: number): Promise<Buffer> =>
  needWithin(source, offset, length, "a zstd frame");

const contentSizes = [0, 2, 4, 8];
const dictionarySizes = [0, 1, 2, 4];

/**
 * Where the Zstandard frame that begins at `start` ends, without unpacking it (RFC 8878, 3.1.1): its header tells its own
 * size, and each block does.
 * Errors: `IMAGE_INVALID`.
 */
export async function zstdEnd(source: FileSource, start: number): Promise<number> {
  const descriptor = (await need(source, start + 4, 1))[0] ?? 0;
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const contentSize = sizeFlag === 0 && single ? 1 : (contentSizes[sizeFlag] ?? 0);
  let offset = start + 5 + (single ? 0 : 1) + (dictionarySizes[descriptor & 3] ?? 0) + contentSize;
  for (let last = false; !last;) {
    const header = (await need(source, offset, 3)).readUIntLE(0, 3);
    last = (header & 1) === 1;
    const type = (header >> 1) & 3;
    if (type === 3) throw invalidImage(source.path, offset, "its zstd frame has an unknown block");
    offset += 3 + (type === 1 ? 1 : header >> 3);
  }
  const end = offset + ((descriptor & 4) === 0 ? 0 : 4);
  if (end > offset) await need(source, offset, end - offset);
  else if (end > source.size) await need(source, end, 1);
  return end;
}
