import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import type { KconfigTree } from "../model/tree.js";
import type { TreeMemory, TreeRequest } from "../model/tree-memory.js";
import { Names } from "../syntax/names.js";
import { parseFile } from "../syntax/parse-file.js";
import type { TreeImage } from "./columns.js";
import { recordInputs, sameAnswers, type StoredInputs, type TreeInputs } from "./inputs.js";

type Parsed = ReturnType<typeof parseFile>;

interface KnownTree {
  readonly dialect: Dialect;
  readonly inputs: TreeInputs | StoredInputs;
  readonly tree: KconfigTree;
}

/** Turns trees into images and back. @internal */
export interface TreeCodec {
  /** `undefined` for a tree that cannot be known again. */
  encode(tree: KconfigTree, request: TreeRequest, inputs: TreeInputs): TreeImage | undefined;
  /** `undefined` where the image is not of what would be read now. */
  decode(image: TreeImage, request: TreeRequest, memory: TreeMemory): Omit<KnownTree, "dialect"> | undefined;
}

/** Keeps the images of trees beyond the process: `diskTreeStore` of `@ipa-br/kconfig/node`. */
export interface TreeStore {
  /** How trees become images and images trees: `treeCodec` of `@ipa-br/kconfig/node`. */
  readonly codec: TreeCodec;
  /** The image that was written last for this key. */
  read(key: string): TreeImage | undefined;
  write(key: string, image: TreeImage): void;
}

export interface TreeCacheOptions {
  /** Where trees are kept beyond the process. Used with hosts that have a `fingerprint`. */
  readonly store?: TreeStore;
}

/**
 * Trees and their parsed files, for programs that load a tree again and again. Nothing is taken for granted: every file
 * is read and every command asked for again; a file is parsed anew where its text differs, and the tree of a root is
 * handed out again where every file, command and variable that it was made of is what it was.
 */
export class TreeCache implements TreeMemory {
  readonly #files = new Map<string, { readonly dialect: Dialect; readonly parsed: Parsed }>();
  readonly #names = new Names();
  /** By their place. */
  readonly #trees = new Map<string, KnownTree>();
  readonly #store: TreeStore | undefined;
  #keepsFiles = true;

  constructor(options: TreeCacheOptions = {}) {
    this.#store = options.store;
  }

  /** How many parsed files the cache holds. */
  get size(): number {
    return this.#files.size;
  }

  parse(text: string, path: string, dialect: Dialect): Parsed {
    const known = this.#files.get(path);
    if (!this.#keepsFiles) this.#files.delete(path);
    if (known !== undefined && known.dialect === dialect && known.parsed.file.text === text) return known.parsed;
    const parsed = parseFile(text, path, dialect, this.#names);
    if (this.#keepsFiles) this.#files.set(path, { dialect, parsed });
    return parsed;
  }

  /** What follows is the last load: it lets go of each parsed file when it has made its part of the tree. @internal */
  expectLastLoad(): void {
    this.#keepsFiles = false;
  }

  tree(request: TreeRequest, read: (host: KconfigHost, env: Environment) => KconfigTree): KconfigTree {
    const { dialect, host, env } = request;
    const place = placeOf(request);
    const known = this.#trees.get(place);
    if (known?.dialect === dialect && sameAnswers(known.inputs, host, env)) return known.tree;
    const stored = this.#fromStore(request);
    if (stored !== undefined) return stored;
    const recorder = recordInputs(host, env);
    const tree = read(recorder.host, recorder.env);
    const inputs = recorder.stop();
    this.#trees.set(place, { dialect, inputs, tree });
    const image = this.#store?.codec.encode(tree, request, inputs);
    if (image !== undefined) this.#store!.write(keyOf(request), image);
    return tree;
  }

  #fromStore(request: TreeRequest): KconfigTree | undefined {
    const { dialect, host } = request;
    const store = host.fingerprint && this.#store;
    const image = store?.read(keyOf(request));
    const found = image && store!.codec.decode(image, request, this);
    if (found) this.#trees.set(placeOf(request), { dialect, ...found });
    return found?.tree;
  }
}

/** What tells trees apart: the root, and where it is meant from. */
const placeOf = ({ root, folder }: TreeRequest): string => (folder === undefined ? root : `${root}\0${folder}`);

const keyOf = (request: TreeRequest): string => `${request.dialect.name} ${placeOf(request)}`;
