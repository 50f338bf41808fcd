import type { Dialect } from "../dialect/dialect.js";
import { keepCompiled } from "../evaluate/engine.js";
import type { Program } from "../evaluate/program.js";
import { ExpressionPool } from "../expression/pool.js";
import { createComparison } from "../model/simplifier.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { SourceReader } from "../model/source-reader.js";
import type { KconfigTree } from "../model/tree.js";
import { splitColumns, type TreeImage } from "./columns.js";
import type { Directory } from "./encode.js";
import { StoredObjects } from "./stored-objects.js";
import { StoredTable } from "./stored-table.js";

/** Puts a tree together again; `undefined` where the parts of the image do not fit together. */
export function decodeTree(
  image: TreeImage,
  directory: Directory,
  dialect: Dialect,
  sources: SourceReader,
): KconfigTree | undefined {
  const columns = splitColumns(image.numbers, directory.lengths);
  if (columns === undefined) return undefined;
  const pool = new ExpressionPool({
    kinds: new Uint8Array(columns["kinds"]!),
    left: columns["left"]!,
    right: columns["right"]!,
    operands: columns["operands"]!,
  });
  const objects = new StoredObjects({
    symbols: columns["symbols"]!,
    lists: columns["symbolLists"]!,
    menus: columns["menus"]!,
    properties: columns["properties"]!,
    texts: directory.texts,
    help: image.help,
  });
  const { symbols } = objects;
  const table = new StoredTable(symbols);
  let defined: readonly KconfigSymbol[] | undefined;
  const tree: KconfigTree = {
    dialect,
    title: directory.title,
    root: objects.menu(0)!,
    diagnostics: directory.diagnostics,
    files: directory.files,
    get symbols() {
      defined ??= symbols.filter(({ isDefined, isChoice }) => isDefined && !isChoice);
      return defined;
    },
    choices: symbols.filter(({ isChoice }) => isChoice),
    symbol: (name) => table.find(name),
    internals: {
      pool,
      table,
      modules: symbols[directory.modules]!,
      sameConditions: createComparison(pool, symbols, dialect),
      variables: new Map(directory.variables),
      readFindings: directory.readFindings,
      parsedFiles: () => sources.readAll(directory.files),
    },
  };
  const program = { ...columns, types: new Uint8Array(columns["types"]!), flags: new Uint8Array(columns["flags"]!) };
  keepCompiled(tree, program as unknown as Program);
  return tree;
}
