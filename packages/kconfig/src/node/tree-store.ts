import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TreeImage } from "../cache/columns.js";
import { treeCodec } from "../cache/codec.js";
import type { TreeStore } from "../cache/tree-cache.js";

export interface DiskTreeStoreOptions {
  /** What tells equal roots apart, such as the working folder that relative ones are meant from. */
  readonly scope?: string;
  /** How many trees the folder keeps; those written last stay. Default: 16. */
  readonly limit?: number;
}

const magic = 0x6b747265;
const headerLength = 16;

/**
 * Keeps trees as files of `folder`, a few megabytes each, so that the next process reads the sources only to see that
 * they are the same. A store never fails: a file that cannot be read or written is one that is not there. Images are
 * those of one build of this package.
 */
export function diskTreeStore(folder: string, options: DiskTreeStoreOptions = {}): TreeStore {
  const { scope = "", limit = 16 } = options;
  const pathOf = (key: string): string => {
    const digest = createHash("sha256").update(`${codeIdentity()}\0${scope}\0${key}`).digest("hex");
    return join(folder, `${digest.slice(0, 32)}.tree`);
  };
  return {
    codec: treeCodec,
    read(key) {
      try {
        return decode(readFileSync(pathOf(key)));
      } catch {
        return undefined;
      }
    },
    write(key, image) {
      try {
        mkdirSync(folder, { recursive: true });
        writeWhole(pathOf(key), encode(image));
        prune(folder, limit);
      } catch {
        // without the file the next process reads the tree itself
      }
    },
  };
}

/** Changes with the code that makes images: another build writes another file. */
function codeIdentity(): string {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return `${size} ${mtimeMs}`;
}

function encode({ directory, help, numbers }: TreeImage): (Uint8Array | string)[] {
  const header = Buffer.alloc(headerLength);
  header.writeInt32LE(magic, 0);
  [directory, help].forEach((text, index) => header.writeInt32LE(Buffer.byteLength(text), 4 * (index + 1)));
  header.writeInt32LE(numbers.length, 12);
  return [header, Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength), directory, help];
}

function decode(file: Buffer): TreeImage | undefined {
  if (file.length < headerLength || file.readInt32LE(0) !== magic) return undefined;
  const [directory, help, count] = [file.readInt32LE(4), file.readInt32LE(8), file.readInt32LE(12)];
  const text = headerLength + 4 * count;
  if (file.length !== text + directory + help) return undefined;
  const aligned = file.byteOffset % 4 === 0 && file.buffer instanceof ArrayBuffer;
  const { buffer, byteOffset } = aligned ? file : Uint8Array.from(file);
  return {
    directory: file.toString("utf8", text, text + directory),
    help: file.toString("utf8", text + directory),
    numbers: new Int32Array(buffer as ArrayBuffer, byteOffset + headerLength, count),
  };
}

function writeWhole(path: string, parts: readonly (Uint8Array | string)[]): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  try {
    for (const part of parts) writeFileSync(file, part);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

function prune(folder: string, limit: number): void {
  const trees = readdirSync(folder).filter((name) => name.endsWith(".tree"));
  if (trees.length <= limit) return;
  const dated = trees.map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }));
  dated.sort((a, b) => b.time - a.time);
  for (const { name } of dated.slice(limit)) rmSync(join(folder, name), { force: true });
}
