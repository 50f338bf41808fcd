import { crc32, createInflateRaw } from "node:zlib";
import { invalidImage } from "./invalid.js";
import { need as needWithin } from "./need.js";
import { through } from "./through.js";
import type { FileSource } from "./source.js";
import type { Member } from "./member.js";

const need = (source: FileSource, offset: number, length: number): Promise<Buffer> =>
  needWithin(source, offset, length, "a gzip member");

/** One member of a gzip file (RFC 1952), its checksum verified. Errors: `IMAGE_INVALID`. */
export async function gzipMember(source: FileSource, start: number): Promise<Member> {
  const data = await headerEnd(source, start);
  const inflate = createInflateRaw();
  let end = start;
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    let [sum, size] = [0, 0];
    try {
      for await (const chunk of through(source.range(data, source.size), inflate)) {
        sum = crc32(chunk, sum);
        size += chunk.length;
        yield chunk;
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined || !code.startsWith("Z_")) throw error;
      const cut = code === "Z_BUF_ERROR";
      const reason = cut ? "it is cut off in the middle of a gzip member" : "its gzip member is corrupt";
      throw invalidImage(source.path, cut ? source.size : start, reason, error);
    }
    const trailer = await need(source, data + inflate.bytesWritten, 8);
    if (trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32) {
      throw invalidImage(source.path, start, "the checksum of its gzip member does not fit");
    }
    end = data + inflate.bytesWritten + 8;
  }
  return { chunks: chunks(), end: () => end };
}

/** Behind the header: flags tell of an extra field, a name, a comment and a checksum. */
async function headerEnd(source: FileSource, start: number): Promise<number> {
  const flags = (await need(source, start, 10))[3] ?? 0;
  let offset = start + 10;
  if ((flags & 4) !== 0) offset += 2 + (await need(source, offset, 2)).readUInt16LE(0);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) offset = await textEnd(source, offset);
  return (flags & 2) === 0 ? offset : offset + 2;
}

async function textEnd(source: FileSource, start: number): Promise<number> {
  for (let offset = start; ; offset += 1) if ((await need(source, offset, 1))[0] === 0) return offset + 1;
}
