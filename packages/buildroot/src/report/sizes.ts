import { lstat, readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

export interface TargetSizes {
  /** Bytes and files by package. */
  readonly packages: ReadonlyMap<string, { readonly size: number; readonly files: number }>;
  readonly total: number;
  readonly unattributed: number;
}

/**
 * How much of the target folder each package installed, by build/packages-file-list.txt (what `make graph-size` reads). A file of several
 * packages counts for the last one; one with several names counts once.
 */
export async function readTargetSizes(output: string): Promise<TargetSizes> {
  const list = await readFile(join(output, "build/packages-file-list.txt"), "utf8").catch(() => "");
  const owners = new Map<string, string>();
  for (const line of list.split("\n")) {
    const comma = line.indexOf(",");
    if (comma > 0) owners.set(line.slice(comma + 1).replace(/^\.\//, ""), line.slice(0, comma));
  }
  const packages = new Map<string, { size: number; files: number }>();
  const target = join(output, "target");
  const seen = new Set<string>();
  let total = 0;
  let unattributed = 0;
  for await (const { path, size, inode, links } of filesBelow(target)) {
    if (links > 1 && seen.has(inode)) continue;
    seen.add(inode);
    total += size;
    const owner = owners.get(relative(target, path));
    if (owner === undefined) {
      unattributed += size;
      continue;
    }
    const known = packages.get(owner) ?? { size: 0, files: 0 };
    packages.set(owner, { size: known.size + size, files: known.files + 1 });
  }
  return { packages, total, unattributed };
}

interface TargetFile {
  readonly path: string;
  readonly size: number;
  readonly inode: string;
  readonly links: number;
}

async function* filesBelow(folder: string): AsyncGenerator<TargetFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* filesBelow(path);
      continue;
    }
    if (!entry.isFile()) continue;
    const { size, dev, ino, nlink } = await lstat(path);
    yield { path, size, inode: `${dev}:${ino}`, links: nlink };
  }
}
