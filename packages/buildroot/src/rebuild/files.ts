import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathsIn } from "../config/paths.js";

/** A file as it was found: content, and what tells without reading that it is the same. */
export interface SeenFile {
  readonly sum: string;
  readonly stamp: string;
}

export type SeenFiles = Readonly<Record<string, SeenFile>>;

export interface FilePlaces {
  readonly buildroot: string;
  readonly output: string;
  readonly externals: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, string>;
}

const skipped = new Set([".git", "node_modules", "output", "dl"]);
/** Folders with more are no folders of patches. */
const mostNamed = 2000;

/**
 * The files outside of Buildroot that a build reads: of the external trees all, of other places those that the configuration names, and
 * the patches. What was seen before and has the same size and times is not read again.
 */
export async function seeFiles(places: FilePlaces, before: SeenFiles): Promise<SeenFiles> {
  const paths = new Set<string>();
  for (const root of places.externals.values()) for (const path of await filesBelow(root)) paths.add(path);
  for (const path of await namedFiles(places)) paths.add(path);
  const seen: (readonly [string, SeenFile])[] = [];
  for (const path of [...paths].sort()) {
    const file = await see(path, before[path]);
    if (file !== undefined) seen.push([path, file]);
  }
  return Object.fromEntries(seen);
}

async function see(path: string, before: SeenFile | undefined): Promise<SeenFile | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return undefined;
  const stamp = `${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`;
  if (before?.stamp === stamp) return before;
  const content = found.isSymbolicLink() ? await readlink(path) : await readFile(path).catch(() => "unreadable");
  const kind = found.isSymbolicLink() ? "link" : (found.mode & 0o100) === 0 ? "file" : "program";
  return { sum: `${kind} ${createHash("sha256").update(content).digest("hex")}`, stamp };
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) files.push(path);
      else if (!skipped.has(entry.name)) folders.push(path);
    }
  }
  return files;
}

async function namedFiles({ values, ...places }: FilePlaces): Promise<readonly string[]> {
  const files: string[] = [];
  const context = { ...places };
  for (const [name, value] of values) {
    if (!value.startsWith('"') || !value.includes("/") || name === "BR2_DEFCONFIG") continue;
    for (const path of pathsIn(value, context)) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() === true) files.push(path);
      else if (found?.isDirectory() === true && name === "BR2_GLOBAL_PATCH_DIR")
        files.push(...(await filesBelow(path)).slice(0, mostNamed));
    }
  }
  return files.filter((path) => !path.startsWith(`${context.output}/`) || dirname(path) === context.output);
}
