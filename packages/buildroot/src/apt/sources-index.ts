import type { AptEntry } from "./source-entries.js";

/** What is looked for in an archive's Sources index. */
export interface WantedFiles {
  /** SHA-256 sums, the only ones that the index lists of every file. */
  readonly sums: ReadonlySet<string>;
  /** Names of files of which no such sum is known, by `upstreamKey`. */
  readonly names: ReadonlyMap<string, string>;
}

/** A file of a source package, out of an archive's Sources index. */
export interface IndexedFile {
  /** The sum or the name that asked for it. */
  readonly wanted: string;
  /** Below the archive's root: "pool/main/b/busybox/busybox_1.37.0.orig.tar.bz2". */
  readonly path: string;
}

/**
 * Reads a Sources index piece by piece and tells the files that are wanted: by SHA-256, or by a name that may mean the same file. A
 * paragraph names its folder and, in the indented lines below `Checksums-Sha256:`, sum, size and name of each file (Debian's repository
 * format).
 */
export class SourcesIndexReader {
  readonly #wanted: WantedFiles;
  readonly #onFile: (file: IndexedFile) => void;
  #rest = "";
  #directory: string | undefined;
  #inSums = false;
  #found: { readonly wanted: string; readonly name: string }[] = [];

  constructor(wanted: WantedFiles, onFile: (file: IndexedFile) => void) {
    this.#wanted = wanted;
    this.#onFile = onFile;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) this.#line(line);
  }

  end(): void {
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
    this.#flush();
  }

  #line(line: string): void {
    if (line === "") this.#flush();
    else if (line.startsWith(" ")) {
      if (!this.#inSums) return;
      const { sums, names } = this.#wanted;
      const sha256 = line.slice(1, 65);
      if (names.size === 0 && !sums.has(sha256)) return;
      const name = line.slice(line.lastIndexOf(" ") + 1);
      if (sums.has(sha256)) this.#found.push({ wanted: sha256, name });
      for (const key of archiveKeys(name)) {
        const wanted = names.get(key);
        if (wanted !== undefined) this.#found.push({ wanted, name });
      }
    } else {
      this.#inSums = line.startsWith("Checksums-Sha256:");
      if (line.startsWith("Directory:")) this.#directory = line.slice("Directory:".length).trim();
    }
  }

  #flush(): void {
    for (const { wanted, name } of this.#found) this.#onFile({ wanted, path: `${this.#directory}/${name}` });
    this.#found = [];
    this.#directory = undefined;
    this.#inSums = false;
  }
}

/** The other ways to end a tarball's name. */
const short: Readonly<Record<string, string>> = { tgz: "tar.gz", tbz: "tar.bz2", tbz2: "tar.bz2", txz: "tar.xz" };

/** What upstream's name and the archive's have in common: "bzip2-1.0.8.tar.gz" and bzip2_1.0.8.orig.tar.gz. undefined for no tarball. */
export function upstreamKey(file: string): string | undefined {
  const match = /^(.+?)\.(tar\.\w+|tgz|tbz2?|txz)$/i.exec(file);
  return match === null ? undefined : keyOf(match[1]!, match[2]!);
}

/**
 * The keys of an archive's file, if it is upstream's own: PACKAGE_VERSION.orig.tar.xz, or PACKAGE_VERSION.orig-COMPONENT.tar.xz, where
 * upstream may have called it after either (tzcode of tzdata). A version with "+ds" or "+dfsg" is a tarball that Debian has packed.
 */
function archiveKeys(file: string): readonly string[] {
  const match = /^([^_]+)_([^_]+)\.orig(?:-([\w-]+))?\.(tar\.\w+)$/.exec(file);
  if (match === null) return [];
  const [, name, version, component, extension] = match;
  if (/[+~](?:ds|dfsg|repack)/.test(version!)) return [];
  const names = component === undefined ? [name!] : [component, `${name!}-${component}`];
  return names.map((one) => keyOf(`${one}-${version!}`, extension!));
}

function keyOf(stem: string, extension: string): string {
  const lower = extension.toLowerCase();
  return `${stem.toLowerCase().replaceAll(/[-_]/g, "")}.${short[lower] ?? lower}`;
}

/** The root of the archive that a list of apt's came from, by the list's file name; undefined if it is of none of the entries. */
export function archiveOfList(list: string, entries: readonly AptEntry[]): string | undefined {
  for (const { uris, suites } of entries) {
    for (const uri of uris) {
      const root = uri.replace(/\/+$/, "");
      if (suites.some((suite) => list.startsWith(`${listName(`${root}/dists/${suite}/`)}`))) return root;
    }
  }
  return undefined;
}

/** A URI as apt makes a file name of it: without method and user, odd characters escaped, `_` for `/`. */
function listName(uri: string): string {
  return uri
    .replace(/^[a-z+]+:\/*(?:[^/@]*@)?/i, (method) => (/^(?:file|copy):/i.test(method) ? "/" : ""))
    .replaceAll(/[\\|{}[\]<>"^~_=!@#$%&*]/g, (character) => `%${character.codePointAt(0)!.toString(16)}`)
    .replaceAll("/", "_");
}
