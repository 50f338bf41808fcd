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
  { root, folder: given, host, dialect, env }: TreeRequest,
  cache?: TreeMemory,
): { readonly sources: SourceReader; readonly name: string } {
  if (given !== undefined) return { sources: new SourceReader(host, dialect, given, env, cache), name: root };
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
  /** Where relative paths are looked for, one after the other. */
  readonly #folders: readonly string[];
  readonly #cache: TreeMemory | undefined;
  readonly #names = new Names();

  constructor(host: KconfigHost, dialect: Dialect, folder: string, env: Environment, cache?: TreeMemory) {
    this.#host = host;
    this.#dialect = dialect;
    const sourceTree = env["srctree"];
    this.#folders = sourceTree === undefined ? [folder] : [folder, sourceTree];
    this.#cache = cache;
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
    // coreboot's tool looks for them in its working folder alone.
    const isHere = this.#dialect.syntax.wildcards !== "required" && this.#folders[0] === "";
    const folders = isHere ? [""] : this.#folders;
    if (!/[*?[]/.test(pattern)) {
      const isFound = this.#find(pattern, (at) => this.#host.readFile(at), folders) !== undefined;
      return isFound || this.#isThere(pattern, folders) ? [pattern] : [];
    }
    if (pattern.startsWith("/")) return expandPattern(pattern, "", this.#host);
    for (const folder of folders) {
      const found = expandPattern(pattern, folder, this.#host);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** What glob(3) finds though it cannot be read. */
  #isThere(path: string, folders: readonly string[]): boolean {
    if (this.#dialect.syntax.wildcards === "required") return false;
    const slash = path.lastIndexOf("/");
    const list = (folder: string): readonly string[] | undefined => this.#host.list?.(folder);
    const names = this.#find(slash < 0 ? "." : path.slice(0, slash), list, folders);
    return names?.includes(path.slice(slash + 1)) === true;
  }

  /** True where `path` names a folder. */
  isFolder(path: string): boolean {
    return path !== "" && this.#find(path, (at) => this.#host.list?.(at)) !== undefined;
  }

  /** The text of the file that `path` names. */
  text(path: string): string | undefined {
    return this.#find(path, (at) => this.#host.readFile(at));
  }

  #find<Found>(
    path: string,
    look: (path: string) => Found | undefined,
    folders: readonly string[] = this.#folders,
  ): Found | undefined {
    if (path.startsWith("/")) return look(path);
    for (const folder of folders) {
      const found = look(folder === "" ? path : `${folder}/${path}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
