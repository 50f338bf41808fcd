import { fileAt } from "./lookup.js";
import { initramfsEntries, type ReadOptions, type Segment } from "./archives.js";
import { invalidImage } from "./invalid.js";
import type { CpioEntry } from "./cpio.js";
import type { FileKind, ImageFile, ImageRootfs } from "./files.js";

/** What is wanted of the files' contents. */
export interface Wanted {
  /** True for a file whose content is to be kept: small ones only, the first MiB is. */
  content(path: string): boolean;
  /** Texts to look for in a file, however large it is; none where nothing is wanted of it. */
  needles(path: string): readonly string[];
}

const keptBytes = 1024 * 1024;
const keptBytesOfAll = 128 * 1024 * 1024;

/** Reads an initramfs to its end. Nothing is written. Errors: those of `initramfsEntries`. */
export async function readRootfs(path: string, wanted: Wanted, options: ReadOptions): Promise<ImageRootfs> {
  const segments: Segment[] = [];
  const files = new Map<string, ImageFile>();
  const contents = new Map<string, Buffer>();
  const found = new Map<string, ReadonlySet<string>>();
  let [bytes, kept] = [0, 0];
  for await (const entry of initramfsEntries(path, options, (segment) => void segments.push(segment))) {
    const name = placed(files, cleanName(path, entry.name));
    if (name === "") continue;
    const kind = kindOf(entry.mode);
    const link = kind === "link" ? (await head(entry, 4096)).toString("utf8") : undefined;
    bytes += kind === "file" ? entry.size : 0;
    const needles = kind === "file" ? wanted.needles(name) : [];
    if (needles.length > 0) found.set(name, await search(entry, needles));
    else if (kind === "file" && wanted.content(name) && kept < keptBytesOfAll) {
      const content = await head(entry, keptBytes);
      kept += content.length;
      contents.set(name, content);
    }
    const permissions = entry.mode & 0o7777;
    files.set(name, { path: name, kind, permissions, size: entry.size, inode: inodeOf(entry, name), target: link });
  }
  return { path, segments, files, contents, found, bytes };
}

/** A file with one name is the only one with its number, whatever a careless archiver numbered. */
function inodeOf({ inode, links }: CpioEntry, name: string): string {
  return links > 1 ? inode : name;
}

/** The path without what leads nowhere. One that leads out of the image is nobody's honest file. */
function cleanName(image: string, name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw invalidImage(image, 0, `an entry's name leads out of it: ${JSON.stringify(name)}`);
  return parts.join("/");
}

/** Where the kernel puts it: links to folders, such as `bin` to `usr/bin`, are followed. */
function placed(files: ReadonlyMap<string, ImageFile>, name: string): string {
  const slash = name.lastIndexOf("/");
  if (slash === -1) return name;
  const folder = fileAt({ files }, name.slice(0, slash));
  return folder?.kind === "folder" ? `${folder.path}${name.slice(slash)}` : name;
}

function kindOf(mode: number): FileKind {
  switch (mode & 0o170000) {
    case 0o100000:
      return "file";
    case 0o040000:
      return "folder";
    case 0o120000:
      return "link";
    default:
      return "other";
  }
}

async function head(entry: CpioEntry, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of entry.content) {
    pieces.push(Buffer.from(piece));
    size += piece.length;
    if (size >= limit) break;
  }
  return Buffer.concat(pieces).subarray(0, limit);
}

/** Which of the texts are in the file; a text may lie across two pieces. */
async function search(entry: CpioEntry, needles: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const overlap = Math.max(...needles.map((needle) => needle.length));
  let before = Buffer.alloc(0);
  for await (const piece of entry.content) {
    const text = Buffer.concat([before, piece]);
    for (const needle of needles) if (!found.has(needle) && text.includes(needle)) found.add(needle);
    before = text.subarray(Math.max(0, text.length - overlap));
  }
  return found;
}
