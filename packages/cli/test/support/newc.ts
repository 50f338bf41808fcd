import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file of an initramfs. */
export interface ArchiveEntry {
  readonly name: string;
  /** Type and permissions, as in stat(2). */
  readonly mode: number;
  readonly data?: Uint8Array;
  /** Major and minor number of a device node. */
  readonly device?: readonly [number, number];
}

export const folder = 0o040755;
export const program = 0o100755;
export const plainFile = 0o100644;
export const link = 0o120777;
export const characterDevice = 0o020600;

/** A cpio archive in the "newc" format. */
export function newcArchive(entries: readonly ArchiveEntry[]): Buffer {
  return Buffer.concat([...entries.map(newcEntry), newcEntry({ name: "TRAILER!!!", mode: 0 })]);
}

/** Writes a folder's content, and entries besides, as an archive; everything belongs to root. */
export function archiveFolder(root: string, more: readonly ArchiveEntry[], file: string): void {
  const output = openSync(file, "w");
  try {
    for (const name of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
      writeSync(output, newcEntry(entryOf(join(root, name), name)));
    }
    writeSync(output, newcArchive(more));
  } finally {
    closeSync(output);
  }
}

function entryOf(path: string, name: string): ArchiveEntry {
  const { mode } = lstatSync(path);
  const type = mode & 0o170000;
  if (type === 0o120000) return { name, mode, data: Buffer.from(readlinkSync(path)) };
  return type === 0o100000 ? { name, mode, data: readFileSync(path) } : { name, mode };
}

function newcEntry({ name, mode, data = new Uint8Array(), device = [0, 0] }: ArchiveEntry): Buffer {
  const bytes = Buffer.from(`${name}\0`);
  const numbers = [0, mode, 0, 0, 1, 0, data.length, 0, 0, ...device, bytes.length, 0];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), bytes])), padded(Buffer.from(data))]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
