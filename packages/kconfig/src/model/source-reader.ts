import type { Diagnostic } from "../base/diagnostics.js";
import type { KconfigHost } from "../base/host.js";
import type { Environment } from "../base/environment.js";
import type { Dialect } from "../dialect/dialect.js";
import type { FileNode } from "../syntax/ast.js";
import type { TreeMemory, TreeRequest } from "./tree-memory.js";
import { expandPattern } from "./expand-pattern.js";
import { Names } from "../syntax/names.js";
import { parseFile } from "../syntax/parse-file.js";

/** The files around a root, and the root's name among them. */
export function sourcesOf(
  { root, host, dialect, env }: TreeRequest,
  cache?: TreeMemory,
): { readonly sources: SourceReader; readonly name: string } {
  const slash = root.lastIndexOf("/");
  const folder = slash < 0 ? "" : root.slice(0, Math.max(slash, 1));
  return { sources: new SourceReader(host, dialect, folder, env, cache), name: root.slice(slash + 1) };
}

/** Finds, reads and parses the files of a tree. */
export class SourceReader {
  readonly diagnostics: Diagnostic[] = [];
  /** The paths as they were sourced, in order, each once. */
  readonly paths: Set<string> = new Set<string>();
  readonly #host: KconfigHost;
  readonly #dialect: Dialect;
  readonly #folder: string;
  readonly #sourceTree: string | undefined;
  readonly #cache: TreeMemory | undefined;
  readonly #names = new Names();

  constructor(host: KconfigHost, dialect: Dialect, folder: string, env: Environment, cache?: TreeMemory) {
    this.#host = host;
    this.#dialect = dialect;
    this.#folder = folder;
    this.#cache = cache;
    this.#sourceTree = env["srctree"];
  }

  /** The file that `path` names: relative to the tree's folder, else below `srctree`; `undefined` where there is none. */
  read(path: string): FileNode | undefined {
    const text = this.text(path);
    if (text === undefined) return undefined;
    const { file, diagnostics } =
      this.#cache?.parse(text, path, this.#dialect) ?? parseFile(text, path, this.#dialect, this.#names);
    if (!this.paths.has(path)) this.diagnostics.push(...diagnostics);
    this.paths.add(path);
    return file;
  }

  /** Those of the files that are there still. */
  readAll(paths: readonly string[]): FileNode[] {
    return paths.map((path) => this.read(path)).filter((file) => file !== undefined);
  }

  /** The paths that a path with wildcards stands for, in the order of their bytes, as glob(3) has it. */
  expand(pattern: string): string[] {
    if (!/[*?[]/.test(pattern)) return this.text(pattern) !== undefined || this.#isThere(pattern) ? [pattern] : [];
    if (pattern.startsWith("/")) return expandPattern(pattern, "", this.#host);
    const found = expandPattern(pattern, this.#folder, this.#host);
    if (found.length > 0 || this.#sourceTree === undefined) return found;
    return expandPattern(pattern, this.#sourceTree, this.#host);
  }

  /** What glob(3) finds though it cannot be read. */
  #isThere(path: string): boolean {
    if (this.#dialect.syntax.wildcards === "required") return false;
    const slash = path.lastIndexOf("/");
    const names = this.#find(slash < 0 ? "." : path.slice(0, slash), (folder) => this.#host.list?.(folder));
    return names?.includes(path.slice(slash + 1)) === true;
  }

  /** True where `path` names a folder. */
  isFolder(path: string): boolean {
    return this.#find(path, (at) => this.#host.list?.(at)) !== undefined;
  }

  /** The text of the file that `path` names. */
  text(path: string): string | undefined {
    return this.#find(path, (at) => this.#host.readFile(at));
  }

  #find<Found>(path: string, look: (path: string) => Found | undefined): Found | undefined {
    if (path.startsWith("/")) return look(path);
    const below = (folder: string): string => (folder === "" ? path : `${folder}/${path}`);
    const found = look(below(this.#folder));
    if (found !== undefined || this.#sourceTree === undefined) return found;
    return look(below(this.#sourceTree));
  }
}
