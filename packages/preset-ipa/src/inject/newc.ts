/** Archives in the format "newc", which Linux unpacks. Source: buffer-format.rst of Linux' documentation, and cpio(5). */
import type { ArchiveEntry } from "./types.js";

const directory = 0o040000;
const regular = 0o100000;
const blockSize = 512;

/**
 * The archive of these entries, in the order of their paths, with every folder above them. Times, inode numbers and
 * owners are the same whenever and wherever it is made.
 */
export function writeNewc(entries: readonly ArchiveEntry[]): Uint8Array {
  const all = withFolders(entries);
  const parts = all.map((entry, index) => record(entry.path, index + 1, entry));
  parts.push(record("TRAILER!!!", 0, undefined));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, new Uint8Array(padding(length, blockSize))]);
}

/** How many bytes are missing to a multiple. */
export function padding(length: number, multiple: number): number {
  return (multiple - (length % multiple)) % multiple;
}

function record(path: string, inode: number, entry: ArchiveEntry | undefined): Uint8Array {
  const data = entry?.data ?? new Uint8Array();
  const name = Buffer.from(`${path}\0`);
  const type = entry === undefined ? 0 : entry.data === undefined ? directory : regular;
  const links = entry?.data === undefined && entry !== undefined ? 2 : 1;
  // inode, mode, uid, gid, links, mtime, size, device of the file (2), device it is (2), length of the name, checksum
  const fields = [inode, type | (entry?.mode ?? 0), 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`);
  const head = Buffer.concat([header, name]);
  return Buffer.concat([head, new Uint8Array(padding(head.length, 4)), data, new Uint8Array(padding(data.length, 4))]);
}

/** Linux makes no folder that has no entry; the modes are those that the image has, since an entry sets them anew. */
function withFolders(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const all = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    const names = entry.path.split("/");
    for (let depth = 1; depth < names.length; depth += 1) {
      const path = names.slice(0, depth).join("/");
      if (!all.has(path)) all.set(path, { path, mode: path === "root" || path.startsWith("root/") ? 0o700 : 0o755 });
    }
    all.set(entry.path, entry);
  }
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
