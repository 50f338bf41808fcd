import type { Diagnostic } from "../base/diagnostics.js";
import { compiledTree } from "../evaluate/engine.js";
import { typeNames } from "../evaluate/program.js";
import { NumberList } from "../expression/number-list.js";
import type { Menu } from "../model/menu.js";
import type { KconfigSymbol, Property } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import { joinColumns, type ColumnLengths, type TreeImage } from "./columns.js";
import { StringTable } from "./strings.js";

export const propertyKinds = [
  "prompt",
  "menu",
  "comment",
  "default",
  "choice",
  "select",
  "imply",
  "range",
  "symbol",
] as const;

/** Bits of a symbol. */
export const SymbolBit = {
  constant: 1,
  choice: 2,
  optional: 4,
  noWrite: 8,
  allNoConfigY: 16,
  transitional: 32,
} as const;

/** The JSON part of an image. */
export interface Directory {
  readonly lengths: ColumnLengths;
  readonly texts: readonly string[];
  readonly title: string;
  readonly files: readonly string[];
  readonly modules: number;
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly diagnostics: readonly Diagnostic[];
  readonly readFindings: number;
  /** What the tree was made of, for whoever keeps the image. */
  readonly inputs: unknown;
}

/** Takes a tree apart into numbers and texts. Looks for all its findings, and compiles it, where that was not done yet. */
export function encodeTree(tree: KconfigTree, inputs: unknown): TreeImage {
  const { program } = compiledTree(tree);
  const { diagnostics } = tree;
  const encoder = new TreeEncoder(tree);
  const { lengths, numbers } = joinColumns({ ...encoder.columns(), ...program });
  const directory: Directory = {
    lengths,
    texts: encoder.strings.texts,
    title: tree.title,
    files: tree.files,
    modules: tree.internals.modules.id,
    variables: [...tree.internals.variables],
    diagnostics,
    readFindings: tree.internals.readFindings,
    inputs,
  };
  return { directory: JSON.stringify(directory), help: encoder.help, numbers };
}

class TreeEncoder {
  readonly strings = new StringTable();
  help = "";
  readonly #tree: KconfigTree;
  readonly #menus: Menu[] = [];
  readonly #menuNumbers = new Map<Menu, number>();
  readonly #properties: Property[] = [];
  readonly #propertyNumbers = new Map<Property, number>();

  constructor(tree: KconfigTree) {
    this.#tree = tree;
  }

  columns(): Record<string, ArrayLike<number>> {
    const { table, pool } = this.#tree.internals;
    this.#menu(this.#tree.root);
    // Menus and properties that are met on the way are taken in behind those that are known.
    const symbols = this.#symbolColumns(table.symbols);
    // Rows of 11 and 9 numbers, and room for those that no symbol has.
    const menus = new NumberList(12 * this.#menus.length);
    const properties = new NumberList(10 * this.#properties.length);
    let [menu, property] = [0, 0];
    while (menu < this.#menus.length || property < this.#properties.length) {
      if (menu < this.#menus.length) this.#encodeMenu(this.#menus[menu++]!, menus);
      else this.#encodeProperty(this.#properties[property++]!, properties);
    }
    const { kinds, left, right, operands } = pool.columns();
    return { ...symbols, menus: menus.view(), properties: properties.view(), kinds, left, right, operands };
  }

  #menu(menu: Menu | undefined): number {
    return numberOf(menu, this.#menus, this.#menuNumbers);
  }

  #property(property: Property | undefined): number {
    // Those without a text are met once, in the list of their symbol.
    if (property !== undefined && property.text === undefined) return this.#properties.push(property) - 1;
    return numberOf(property, this.#properties, this.#propertyNumbers);
  }

  #symbolColumns(symbols: readonly KconfigSymbol[]): Record<string, ArrayLike<number>> {
    const rows = new NumberList(12 * symbols.length);
    const lists = new NumberList();
    const list = <T>(entries: readonly T[], numberOfEntry: (entry: T) => number): number => {
      for (const entry of entries) lists.push(numberOfEntry(entry));
      return entries.length;
    };
    const itself = (number: number): number => number;
    for (const symbol of symbols) {
      rows.pushAll(
        this.strings.number(symbol.name),
        typeNames.indexOf(symbol.type),
        (symbol.isConstant ? SymbolBit.constant : 0) |
          (symbol.isChoice ? SymbolBit.choice : 0) |
          (symbol.optional ? SymbolBit.optional : 0) |
          (symbol.noWrite ? SymbolBit.noWrite : 0) |
          (symbol.allNoConfigY ? SymbolBit.allNoConfigY : 0) |
          (symbol.transitional ? SymbolBit.transitional : 0),
        symbol.choice?.id ?? -1,
        this.strings.number(symbol.environment),
        symbol.dependencies,
        lists.length,
        list(symbol.members, ({ id }) => id),
        list(symbol.properties, (property) => this.#property(property)),
        list(symbol.menus, (menu) => this.#menu(menu)),
        list(symbol.selectedBy, itself),
        list(symbol.impliedBy, itself),
      );
    }
    return { symbols: rows.view(), symbolLists: lists.view() };
  }

  #encodeMenu(menu: Menu, rows: NumberList): void {
    const helpStart = this.help.length;
    if (menu.help !== undefined) this.help += menu.help();
    const { path, line } = menu.location;
    rows.pushAll(
      menu.symbol?.id ?? -1,
      this.strings.number(path),
      line,
      this.#menu(menu.parent),
      this.#menu(menu.next),
      this.#menu(menu.list),
      this.#property(menu.prompt),
      menu.visibility,
      menu.dependencies,
      menu.help === undefined ? -1 : helpStart,
      this.help.length,
    );
  }

  #encodeProperty(property: Property, rows: NumberList): void {
    const { path, line } = property.location;
    rows.pushAll(
      propertyKinds.indexOf(property.kind),
      this.strings.number(property.text),
      property.condition,
      property.value,
      property.bounds?.[0].id ?? -1,
      property.bounds?.[1].id ?? -1,
      this.#menu(property.menu),
      this.strings.number(path),
      line,
    );
  }
}

/** The number of an object, given on first sight; -1 for none. */
function numberOf<T>(object: T | undefined, known: T[], numbers: Map<T, number>): number {
  if (object === undefined) return -1;
  let number = numbers.get(object);
  if (number === undefined) {
    number = known.push(object) - 1;
    numbers.set(object, number);
  }
  return number;
}
