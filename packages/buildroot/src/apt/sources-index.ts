import type { AptEntry } from "./source-entries.js";

/** A file of a source package, out of an archive's Sources index. */
export interface IndexedFile {
  readonly sha256: string;
  /** Below the archive's root: "pool/main/b/busybox/busybox_1.37.0.orig.tar.bz2". */
  readonly path: string;
}

/**
 * Reads a Sources index piece by piece and tells the files whose SHA-256 is wanted. A paragraph names its folder and, in the
 * indented lines below `Checksums-Sha256:`, sum, size and name of each file (Debian's repository format).
 */
export class SourcesIndexReader {
  readonly #wanted: ReadonlySet<string>;
  readonly #onFile: (file: IndexedFile) => void;
  #rest = "";
  #directory: string | undefined;
  #inSums = false;
  #found: { readonly sha256: string; readonly name: string }[] = [];

  constructor(wanted: ReadonlySet<string>, onFile: (file: IndexedFile) => void) {
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
      if (!this.#inSums || !this.#wanted.has(line.slice(1, 65))) return;
      const [sha256, , name] = line.trim().split(" ");
      this.#found.push({ sha256: sha256!, name: name! });
    } else {
      this.#inSums = line.startsWith("Checksums-Sha256:");
      if (line.startsWith("Directory:")) this.#directory = line.slice("Directory:".length).trim();
    }
  }

  #flush(): void {
    for (const { sha256, name } of this.#found) this.#onFile({ sha256, path: `${this.#directory}/${name}` });
    this.#found = [];
    this.#directory = undefined;
    this.#inSums = false;
  }
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
