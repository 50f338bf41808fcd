/** A file of an initramfs. */
export interface ArchiveEntry {
  readonly name: string;
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

/** A cpio archive in the "newc" format (Documentation/driver-api/early-userspace/buffer-format.rst). */
export function newcArchive(entries: readonly ArchiveEntry[]): Buffer {
  const parts = entries.map((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, record({ name: "TRAILER!!!", mode: 0 }, 0)]);
}

function record({ name, mode, data = new Uint8Array(), device = [0, 0] }: ArchiveEntry, inode: number): Buffer {
  const links = (mode & 0o170000) === 0o040000 ? 2 : 1;
  const numbers = [inode, mode, 0, 0, links, 0, data.length, 0, 0, ...device, name.length + 1, 0];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.from(`${header}${name}\0`)), padded(Buffer.from(data))]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
