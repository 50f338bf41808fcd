import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import type { parseFile } from "../syntax/parse-file.js";
import type { KconfigTree } from "./tree.js";

/** What `loadTree` asks of a cache; `TreeCache` is one. */
export interface TreeMemory {
  /** The file as `parse` gives it. */
  parse(text: string, path: string, dialect: Dialect): ReturnType<typeof parseFile>;
  /** The tree of a root: a known one that would come out the same, else what `read` gives. */
  tree(request: TreeRequest, read: (host: KconfigHost, env: Environment) => KconfigTree): KconfigTree;
}

/** What a tree is read from. */
export interface TreeRequest {
  readonly root: string;
  /** As `folder` of `LoadTreeOptions`. */
  readonly folder?: string;
  readonly dialect: Dialect;
  readonly host: KconfigHost;
  readonly env: Environment;
}
