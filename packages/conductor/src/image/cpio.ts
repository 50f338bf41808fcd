import type { ChunkReader } from "./chunk-reader.js";

/** An entry of an archive. */
export interface CpioEntry {
  /** As it stands in the archive. */
  readonly name: string;
  /** File type and permissions, as in stat(2). */
  readonly mode: number;
  readonly size: number;
  /** The same for all names of one file. */
  readonly inode: string;
  /** How many names the file has. */
  readonly links: number;
  /** To be read before the next entry, or not at all. */
  readonly content: AsyncIterable<Buffer>;
}

/** Why an archive cannot be read; where it is found out, the file and the place are known. */
export class CpioFailure extends Error {}

const headerBytes = 110;
const longestName = 4096;

/**
 * The entries of one archive in the "newc" format (Linux' `Documentation/driver-api/early-userspace/buffer-format.rst`),
 * up to its trailer. Errors: `CpioFailure`.
 */
export async function* cpioEntries(reader: ChunkReader): AsyncGenerator<CpioEntry, void, undefined> {
  const start = reader.consumed;
  const align = async () => {
    const over = (reader.consumed - start) % 4;
    if (over !== 0) await all(reader, 4 - over);
  };
  for (;;) {
    const fields = await header(reader);
    const field = (index: number) => fields[index] ?? 0;
    const [mode, links, size, nameSize] = [field(1), field(4), field(6), field(11)];
    if (nameSize === 0 || nameSize > longestName) throw new CpioFailure(`an entry has a name of ${nameSize} bytes`);
    const name = textOf(await all(reader, nameSize));
    await align();
    if (name === "TRAILER!!!") return;
    const end = reader.consumed + size;
    const inode = [field(7), field(8), field(0)].join(":");
    yield { name, mode, size, inode, links, content: reader.pieces(size) };
    for await (const piece of reader.pieces(end - reader.consumed)) void piece;
    if (reader.consumed < end) throw new CpioFailure(`it is cut off in the middle of ${name}`);
    await align();
  }
}

/** The thirteen numbers behind the magic. */
async function header(reader: ChunkReader): Promise<readonly number[]> {
  const text = (await reader.read(headerBytes)).toString("latin1");
  const magic = text.slice(0, 6);
  if (magic === "070707") throw new CpioFailure('its archive is of the old kind: Linux wants "cpio -H newc"');
  if (text.length < headerBytes) throw new CpioFailure("it is cut off in the middle of a header");
  if (magic !== "070701" && magic !== "070702") throw new CpioFailure("there is no header where one should be");
  const numbers = text.slice(6).match(/.{8}/gs) ?? [];
  if (!numbers.every((number) => /^[0-9A-Fa-f]{8}$/.test(number))) throw new CpioFailure("a header has no numbers");
  return numbers.map((number) => Number.parseInt(number, 16));
}

async function all(reader: ChunkReader, length: number): Promise<Buffer> {
  const bytes = await reader.read(length);
  if (bytes.length < length) throw new CpioFailure("it is cut off in the middle of an entry");
  return bytes;
}

/** Up to the first zero byte; names are bytes, and those that are no UTF-8 are read as far as can be. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString("utf8");
}
