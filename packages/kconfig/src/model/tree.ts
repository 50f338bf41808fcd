import type { Diagnostic } from "../base/diagnostics.js";
import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import type { Dialect } from "../dialect/dialect.js";
import { KconfigError } from "../errors.js";
import type { ExpressionPool } from "../expression/pool.js";
import { TreeBuilder } from "./build.js";
import { checkCycles } from "./check-cycles.js";
import { finalizeTree } from "./finalize.js";
import type { Menu } from "./menu.js";
import { createComparison, type ConditionComparison } from "./simplifier.js";
import type { FileNode } from "../syntax/ast.js";
import { sourcesOf } from "./source-reader.js";
import type { KconfigSymbol } from "./symbol.js";
import type { SymbolTable } from "./symbol-table.js";
import type { TreeMemory } from "./tree-memory.js";

export interface LoadTreeOptions {
  /** The path of the top file, such as `/src/buildroot/Config.in`. Relative sources are looked for in its folder. */
  readonly root: string;
  /**
   * The folder that `root` and relative sources are meant from, `""` for the host's own; the top file is then named as
   * `root` does. Default: the folder of `root`, which is cut off its name.
   */
  readonly folder?: string;
  readonly host: KconfigHost;
  readonly dialect: Dialect;
  /** What `option env`, `$(NAME)` and `srctree` read. Default: nothing is set. */
  readonly env?: Environment;
  /** Keeps trees and parsed files from one call to the next: a `TreeCache`. */
  readonly cache?: TreeMemory;
  /** Looked at before each file is read. */
  readonly signal?: AbortSignalLike;
}

/** Everything that the Kconfig files of a tree define. Values come with a `Configuration` of it. */
export interface KconfigTree {
  readonly dialect: Dialect;
  /** Title of the main menu. */
  readonly title: string;
  /** The menu tree; the root stands for the main menu. */
  readonly root: Menu;
  /** The findings of all files. With an error among them the C tool would refuse the tree. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were read, as they were sourced. */
  readonly files: readonly string[];
  /** The symbols that a `config` statement defines, in the order in which the text first names them. */
  readonly symbols: readonly KconfigSymbol[];
  readonly choices: readonly KconfigSymbol[];
  /** The symbol with this name, if the tree mentions one. */
  symbol(name: string): KconfigSymbol | undefined;
  /** @internal */
  readonly internals: TreeInternals;
}

/** What evaluation works on. */
export interface TreeInternals {
  readonly pool: ExpressionPool;
  readonly table: SymbolTable;
  readonly modules: KconfigSymbol;
  readonly sameConditions: ConditionComparison;
  /** The environment variables that macros found, in the order in which they asked for them. */
  readonly variables: ReadonlyMap<string, string>;
  /** How many of the findings, the first ones, are about the reading of the files. */
  readonly readFindings: number;
  /** The syntax trees of the files, read anew. */
  parsedFiles(): FileNode[];
}

/**
 * Reads a Kconfig file and all that it sources. Mistakes in the files are diagnostics; what could be read is there.
 * Throws FILE_NOT_FOUND where the top file does not exist, ABORTED, and what the host throws.
 */
export function loadTree(options: LoadTreeOptions): KconfigTree {
  const { env = {}, cache } = options;
  const watch = { active: true };
  const host = watched(options.host, options.signal, watch);
  try {
    if (cache === undefined) return readTree({ ...options, host, env });
    return cache.tree({ ...options, host, env }, (recordingHost, recordingEnv) =>
      readTree({ ...options, host: recordingHost, env: recordingEnv }),
    );
  } finally {
    // what is read later, for the excerpts of findings, is not the load that the signal is for
    watch.active = false;
  }
}

function readTree(options: LoadTreeOptions & { readonly env: Environment }): KconfigTree {
  const { root, host, dialect, env } = options;
  const { sources, name } = sourcesOf(options, options.cache);
  const file = sources.read(name);
  if (file === undefined) {
    const isFolder = sources.isFolder(name);
    throw new KconfigError(
      "FILE_NOT_FOUND",
      `The Kconfig file ${root} ${isFolder ? "is a folder" : "does not exist"}.`,
      {
        hint: "Name the top file of the tree, for example Config.in of Buildroot or Kconfig of Linux.",
        details: { path: root, isFolder },
      },
    );
  }
  const diagnostics: Diagnostic[] = [];
  const builder = new TreeBuilder(file, { dialect, host, env, sources, diagnostics });
  const raw = builder.build();
  const readFindings = sources.diagnostics.length + diagnostics.length;
  finalizeTree(raw, dialect, builder.report, (menu, type) => builder.setType(menu, type));
  const { table, pool, root: rootMenu } = raw;
  // Loops are looked for once somebody asks: it takes its time and no value hangs on it.
  let findings: readonly Diagnostic[] | undefined;
  const findAll = (): readonly Diagnostic[] => {
    checkCycles(table.symbols, pool, dialect.semantics, builder.report);
    return [...sources.diagnostics, ...diagnostics];
  };
  return {
    dialect,
    title: rootMenu.prompt?.text ?? "",
    root: rootMenu,
    get diagnostics() {
      findings ??= findAll();
      return findings;
    },
    files: [...sources.paths],
    symbols: table.symbols.filter((symbol) => symbol.isDefined && !symbol.isChoice),
    choices: table.symbols.filter((symbol) => symbol.isChoice),
    symbol: (name) => table.find(name),
    internals: {
      pool,
      table,
      modules: raw.modules ?? table.no,
      sameConditions: createComparison(pool, table.symbols, dialect),
      variables: raw.variables,
      readFindings,
      parsedFiles: () => sources.readAll([...sources.paths]),
    },
  };
}

function watched(host: KconfigHost, signal: AbortSignalLike | undefined, watch: { active: boolean }): KconfigHost {
  if (signal === undefined) return host;
  return {
    ...host,
    readFile: (path) => {
      if (watch.active) throwIfAborted(signal, "Reading the Kconfig files");
      return host.readFile(path);
    },
  };
}

/** The tree, if it has no errors. Throws TREE_INVALID with the first one, since the C tools refuse such a tree. */
export function requireValidTree(tree: KconfigTree): KconfigTree {
  const errors = tree.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const [first] = errors;
  if (first === undefined) return tree;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new KconfigError("TREE_INVALID", `${first.path}:${first.line}: ${first.message}${more}`, {
    hint: first.hint ?? "Mend the file; the C tool refuses it too.",
    details: { diagnostics: errors },
  });
}
