import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import { parseFile } from "../syntax/parse-file.js";
import { sameInputs, type TreeInputs } from "./inputs.js";
import type { KconfigTree } from "./tree.js";

type Parsed = ReturnType<typeof parseFile>;

interface KnownTree {
  readonly dialect: Dialect;
  readonly inputs: TreeInputs;
  readonly tree: KconfigTree;
}

/**
 * Trees and their parsed files, for programs that load a tree again and again. Nothing is taken for granted: every file
 * is read and every command asked for again; a file is parsed anew where its text differs, and the tree of a root is
 * handed out again where every file, command and variable that it was made of is what it was.
 */
export class TreeCache {
  readonly #files = new Map<string, { readonly dialect: Dialect; readonly parsed: Parsed }>();
  /** By root. */
  readonly #trees = new Map<string, KnownTree>();

  /** How many parsed files the cache holds. */
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

  /** @internal The tree of a root, where it would come out the same. */
  tree(root: string, dialect: Dialect, host: KconfigHost, env: Environment): KconfigTree | undefined {
    const known = this.#trees.get(root);
    return known?.dialect === dialect && sameInputs(known.inputs, host, env) ? known.tree : undefined;
  }

  /** @internal */
  keep(root: string, dialect: Dialect, inputs: TreeInputs, tree: KconfigTree): void {
    this.#trees.set(root, { dialect, inputs, tree });
  }
}
