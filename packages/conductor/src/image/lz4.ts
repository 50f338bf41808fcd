import { invalidImage } from "./invalid.js";
import { need } from "./need.js";
import type { FileSource } from "./source.js";
import type { Member } from "./member.js";

const magic = 0x184c2102;

/** Bytes that a block of the legacy frame unpacks to, at most. */
const blockBytes = 8 * 1024 * 1024;

/**
 * A legacy frame of LZ4 (LZ4 Frame Format Description, "Legacy frame"), the only one that Linux reads: blocks until
 * something comes that is no block's size. Errors: `IMAGE_INVALID`.
 */
export function lz4Member(source: FileSource, start: number): Member {
  let end = start;
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    let offset = start + 4;
    while (offset + 4 <= source.size) {
      const size = (await source.bytes(offset, 4)).readUInt32LE(0);
      if (size !== magic) {
        // A block that does not shrink grows by 1/255; zero is padding, and more is the next archive.
        if (size === 0 || size > blockBytes + blockBytes / 255 + 16) break;
        yield unpack(await blockOf(source, offset + 4, size), source, offset);
        offset += size;
      }
      offset += 4;
    }
    end = offset;
  }
  return { chunks: chunks(), end: () => end };
}

async function blockOf(source: FileSource, offset: number, size: number): Promise<Buffer> {
  await need(source, offset + size - 1, 1, "an LZ4 block");
  const pieces: Buffer[] = [];
  for await (const piece of source.range(offset, offset + size)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** One block (LZ4 Block Format Description): literals, then a match in what is unpacked already, again and again. */
function unpack(block: Buffer, source: FileSource, at: number): Buffer {
  const broken = () => invalidImage(source.path, at, "its LZ4 block is corrupt");
  const out = Buffer.allocUnsafe(blockBytes);
  let [read, written] = [0, 0];
  const byte = () => {
    const value = block[read++];
    if (value === undefined) throw broken();
    return value;
  };
  const length = (nibble: number) => {
    let total = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255;) total += more = byte();
    return total;
  };
  while (read < block.length) {
    const token = byte();
    const literals = length(token >> 4);
    if (read + literals > block.length || written + literals > blockBytes) throw broken();
    block.copy(out, written, read, read + literals);
    [read, written] = [read + literals, written + literals];
    if (read === block.length) break;
    const distance = byte() | (byte() << 8);
    const match = length(token & 15) + 4;
    if (distance === 0 || distance > written || written + match > blockBytes) throw broken();
    // A match may reach into what it writes itself: byte by byte where it does.
    if (distance >= match) out.copy(out, written, written - distance, written - distance + match);
    else for (let index = 0; index < match; index += 1) out[written + index] = out[written + index - distance] ?? 0;
    written += match;
  }
  return out.subarray(0, written);
}
