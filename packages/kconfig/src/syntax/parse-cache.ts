import type { Dialect } from "../dialect/dialect.js";
import { parseFile } from "./parse-file.js";

type Parsed = ReturnType<typeof parseFile>;

/** Parsed files by path, for programs that load a tree again and again: a file is parsed anew when its text differs. */
export class ParseCache {
  readonly #files = new Map<string, { readonly dialect: Dialect; readonly parsed: Parsed }>();

  /** How many files the cache holds. */
  get size(): number {
    return this.#files.size;
  }

  /** The file as `parse` gives it. */
  parse(text: string, path: string, dialect: Dialect): Parsed {
    const known = this.#files.get(path);
    if (known !== undefined && known.dialect === dialect && known.parsed.file.text === text) return known.parsed;
    const parsed = parseFile(text, path, dialect);
    this.#files.set(path, { dialect, parsed });
    return parsed;
  }
}
