/** A file of an initramfs. */
export interface ArchiveEntry {
  readonly name: string;
  /** `file` unless said otherwise. */
  readonly kind?: "file" | "program" | "folder" | "link";
  readonly data?: string | Uint8Array;
  /** Entries with the same number are one file. */
  readonly inode?: number;
}

const modes = { file: 0o100644, program: 0o100755, folder: 0o040755, link: 0o120777 } as const;

/** A cpio archive in the "newc" format. */
export function newcArchive(entries: readonly ArchiveEntry[]): Buffer {
  const parts = entries.map((entry, index) => {
    const data = typeof entry.data === "string" ? Buffer.from(entry.data) : (entry.data ?? Buffer.alloc(0));
    const links = entry.inode === undefined ? 1 : 2;
    return newcEntry({
      name: entry.name,
      mode: modes[entry.kind ?? "file"],
      data,
      inode: entry.inode ?? index + 1,
      links,
    });
  });
  return Buffer.concat([...parts, newcEntry({ name: "TRAILER!!!" })]);
}

/** One entry; what is claimed of sizes may be a lie. */
export function newcEntry(parts: {
  readonly name: string;
  readonly mode?: number;
  readonly data?: Uint8Array;
  readonly inode?: number;
  readonly links?: number;
  readonly claimedSize?: number;
  readonly claimedNameSize?: number;
}): Buffer {
  const { name, mode = 0, data = new Uint8Array(), inode = 0, links = 1 } = parts;
  const bytes = Buffer.from(`${name}\0`);
  const sizes = [parts.claimedSize ?? data.length, 0, 0, 0, 0, parts.claimedNameSize ?? bytes.length, 0];
  const numbers = [inode, mode, 0, 0, links, 0, ...sizes];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), bytes])), padded(Buffer.from(data))]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
