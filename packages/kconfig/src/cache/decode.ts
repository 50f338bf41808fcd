import type { Dialect } from "../dialect/dialect.js";
import { keepCompiled } from "../evaluate/engine.js";
import type { Graph } from "../evaluate/graph.js";
import type { Program } from "../evaluate/program.js";
import { ExpressionPool } from "../expression/pool.js";
import { Menu } from "../model/menu.js";
import { createComparison } from "../model/simplifier.js";
import { KconfigSymbol, withEntry, type Property } from "../model/symbol.js";
import { SymbolTable } from "../model/symbol-table.js";
import type { SourceReader } from "../model/source-reader.js";
import type { KconfigTree } from "../model/tree.js";
import { splitColumns, type TreeImage } from "./columns.js";
import { propertyKinds, SymbolBit, symbolTypes, type Directory } from "./encode.js";

type Numbers = Int32Array<ArrayBuffer>;

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
  const { symbols, root } = new TreeDecoder(columns, directory, image.help).decode();
  const table = new SymbolTable(symbols);
  const tree: KconfigTree = {
    dialect,
    title: directory.title,
    root,
    diagnostics: directory.diagnostics,
    files: directory.files,
    symbols: symbols.filter((symbol) => symbol.isDefined && !symbol.isChoice),
    choices: symbols.filter((symbol) => symbol.isChoice),
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
  const graph = {
    ...columns,
    cut: [...columns["cut"]!],
    firstSymbol: pool.size,
    firstAuxiliary: pool.size + symbols.length,
  };
  keepCompiled(tree, { program: program as unknown as Program, graph: graph as unknown as Graph });
  return tree;
}

class TreeDecoder {
  readonly #texts: readonly string[];
  readonly #help: string;
  readonly #symbolRows: Numbers;
  readonly #symbolLists: Numbers;
  readonly #menuRows: Numbers;
  readonly #propertyRows: Numbers;
  readonly #symbols: KconfigSymbol[] = [];
  readonly #menus: Menu[] = [];
  readonly #properties: Property[] = [];

  constructor(columns: Readonly<Record<string, Numbers>>, { texts }: Directory, help: string) {
    this.#texts = texts;
    this.#help = help;
    this.#symbolRows = columns["symbols"]!;
    this.#symbolLists = columns["symbolLists"]!;
    this.#menuRows = columns["menus"]!;
    this.#propertyRows = columns["properties"]!;
  }

  decode(): { symbols: KconfigSymbol[]; root: Menu } {
    this.#createSymbols();
    this.#createMenus();
    this.#createProperties();
    this.#connectMenus();
    this.#connectSymbols();
    return { symbols: this.#symbols, root: this.#menus[0]! };
  }

  #text(number: number): string | undefined {
    return number === 0 ? undefined : this.#texts[number - 1];
  }

  #createSymbols(): void {
    const rows = this.#symbolRows;
    for (let at = 0, id = 0; at < rows.length; at += 11, id++) {
      const bits = rows[at + 2]!;
      const kind =
        (bits & SymbolBit.constant) !== 0 ? "constant" : (bits & SymbolBit.choice) !== 0 ? "choice" : "plain";
      const symbol = new KconfigSymbol(id, this.#texts[rows[at]! - 1]!, kind);
      symbol.type = symbolTypes[rows[at + 1]!]!;
      symbol.optional = (bits & SymbolBit.optional) !== 0;
      symbol.noWrite = (bits & SymbolBit.noWrite) !== 0;
      symbol.allNoConfigY = (bits & SymbolBit.allNoConfigY) !== 0;
      symbol.transitional = (bits & SymbolBit.transitional) !== 0;
      symbol.environment = this.#text(rows[at + 4]!);
      symbol.dependencies = rows[at + 5]!;
      this.#symbols.push(symbol);
    }
  }

  #createMenus(): void {
    const rows = this.#menuRows;
    for (let at = 0; at < rows.length; at += 11) {
      const location = { path: this.#texts[rows[at + 1]! - 1]!, line: rows[at + 2]! };
      this.#menus.push(new Menu(entry(this.#symbols, rows[at]!), undefined, location));
    }
  }

  #createProperties(): void {
    const rows = this.#propertyRows;
    const symbols = this.#symbols;
    for (let at = 0; at < rows.length; at += 9) {
      this.#properties.push({
        kind: propertyKinds[rows[at]!]!,
        text: this.#text(rows[at + 1]!),
        condition: rows[at + 2]!,
        value: rows[at + 3]!,
        low: entry(symbols, rows[at + 4]!),
        high: entry(symbols, rows[at + 5]!),
        menu: entry(this.#menus, rows[at + 6]!),
        location: { path: this.#texts[rows[at + 7]! - 1]!, line: rows[at + 8]! },
      });
    }
  }

  #connectMenus(): void {
    const rows = this.#menuRows;
    const menus = this.#menus;
    for (let at = 0, number = 0; at < rows.length; at += 11, number++) {
      const menu = menus[number]!;
      menu.parent = entry(menus, rows[at + 3]!);
      menu.next = entry(menus, rows[at + 4]!);
      menu.list = entry(menus, rows[at + 5]!);
      menu.prompt = entry(this.#properties, rows[at + 6]!);
      menu.visibility = rows[at + 7]!;
      menu.dependencies = rows[at + 8]!;
      const [start, end] = [rows[at + 9]!, rows[at + 10]!];
      if (start >= 0) menu.help = () => this.#help.slice(start, end);
    }
  }

  #connectSymbols(): void {
    const rows = this.#symbolRows;
    const lists = this.#symbolLists;
    let from = 0;
    for (let at = 0, id = 0; at < rows.length; at += 11, id++) {
      const symbol = this.#symbols[id]!;
      symbol.choice = entry(this.#symbols, rows[at + 3]!);
      let to = from + rows[at + 6]!;
      for (; from < to; from++) symbol.members = withEntry(symbol.members, this.#symbols[lists[from]!]!);
      to = from + rows[at + 7]!;
      for (; from < to; from++) symbol.properties = withEntry(symbol.properties, this.#properties[lists[from]!]!);
      to = from + rows[at + 8]!;
      for (; from < to; from++) symbol.menus = withEntry(symbol.menus, this.#menus[lists[from]!]!);
      to = from + rows[at + 9]!;
      for (; from < to; from++) symbol.selectedBy = withEntry(symbol.selectedBy, lists[from]!);
      to = from + rows[at + 10]!;
      for (; from < to; from++) symbol.impliedBy = withEntry(symbol.impliedBy, lists[from]!);
    }
  }
}

/** The entry with this number; -1 stands for none. */
function entry<T>(list: readonly T[], number: number): T | undefined {
  return number < 0 ? undefined : list[number];
}
