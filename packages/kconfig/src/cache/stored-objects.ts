import { typeNames } from "../evaluate/program.js";
import { SymbolBit, propertyKinds } from "./encode.js";
import type { Expression } from "../expression/pool.js";
import type { Menu } from "../model/menu.js";
import type { Bounds, KconfigSymbol, Location, Property, PropertyKind } from "../model/symbol.js";
import type { StoredRows } from "./stored-rows.js";

/** How many numbers a symbol, a menu and a property take. */
const [symbolWidth, menuWidth, propertyWidth] = [12, 11, 9];

/** The objects of a tree that was kept as numbers; each is made when somebody asks for it. */
export class StoredObjects {
  readonly rows: StoredRows;
  readonly symbols: readonly StoredSymbol[];
  readonly #menus: (StoredMenu | undefined)[];
  readonly #properties: (StoredProperty | undefined)[];

  constructor(rows: StoredRows) {
    this.rows = rows;
    const count = rows.symbols.length / symbolWidth;
    this.symbols = Array.from({ length: count }, (_, id) => new StoredSymbol(this, id));
    this.#menus = Array.from({ length: rows.menus.length / menuWidth });
    this.#properties = Array.from({ length: rows.properties.length / propertyWidth });
  }

  text(number: number): string | undefined {
    return number === 0 ? undefined : this.rows.texts[number - 1];
  }

  /** The path with this number, and a line. */
  location(path: number, line: number): Location {
    return { path: this.rows.texts[path - 1]!, line };
  }

  /** The object with this number; -1 stands for none. */
  symbol(number: number): StoredSymbol | undefined {
    return number < 0 ? undefined : this.symbols[number];
  }

  menu(number: number): StoredMenu | undefined {
    return number < 0 ? undefined : (this.#menus[number] ??= new StoredMenu(this, number));
  }

  property(number: number): StoredProperty | undefined {
    return number < 0 ? undefined : (this.#properties[number] ??= new StoredProperty(this, number));
  }
}

/** What a symbol has several of. */
type SymbolLists = Pick<KconfigSymbol, "members" | "properties" | "menus" | "selectedBy" | "impliedBy">;

class StoredSymbol implements KconfigSymbol {
  readonly id: number;
  readonly #objects: StoredObjects;
  #lists: SymbolLists | undefined;

  constructor(objects: StoredObjects, id: number) {
    this.#objects = objects;
    this.id = id;
  }

  #number(column: number): number {
    return this.#objects.rows.symbols[symbolWidth * this.id + column]!;
  }

  #has(bit: number): boolean {
    return (this.#number(2) & bit) !== 0;
  }

  get name(): string {
    return this.#objects.text(this.#number(0))!;
  }

  get type(): KconfigSymbol["type"] {
    return typeNames[this.#number(1)]!;
  }

  get isConstant(): boolean {
    return this.#has(SymbolBit.constant);
  }

  get isChoice(): boolean {
    return this.#has(SymbolBit.choice);
  }

  get optional(): boolean {
    return this.#has(SymbolBit.optional);
  }

  get noWrite(): boolean {
    return this.#has(SymbolBit.noWrite);
  }

  get allNoConfigY(): boolean {
    return this.#has(SymbolBit.allNoConfigY);
  }

  get transitional(): boolean {
    return this.#has(SymbolBit.transitional);
  }

  get choice(): KconfigSymbol | undefined {
    return this.#objects.symbol(this.#number(3));
  }

  get environment(): string | undefined {
    return this.#objects.text(this.#number(4));
  }

  get dependencies(): Expression {
    return this.#number(5);
  }

  get members(): readonly KconfigSymbol[] {
    return this.#all.members;
  }

  get properties(): readonly Property[] {
    return this.#all.properties;
  }

  get menus(): readonly Menu[] {
    return this.#all.menus;
  }

  get selectedBy(): readonly Expression[] {
    return this.#all.selectedBy;
  }

  get impliedBy(): readonly Expression[] {
    return this.#all.impliedBy;
  }

  get isDefined(): boolean {
    return this.#number(9) > 0;
  }

  get prompt(): string | undefined {
    return this.properties.find(({ text }) => text !== undefined)?.text;
  }

  get #all(): SymbolLists {
    if (this.#lists !== undefined) return this.#lists;
    const objects = this.#objects;
    let from = this.#number(6);
    const take = <T>(column: number, entry: (number: number) => T): T[] => {
      const numbers = objects.rows.lists.subarray(from, (from += this.#number(column)));
      return Array.from(numbers, entry);
    };
    const expression = (number: number): Expression => number;
    this.#lists = {
      members: take(7, (number) => objects.symbol(number)!),
      properties: take(8, (number) => objects.property(number)!),
      menus: take(9, (number) => objects.menu(number)!),
      selectedBy: take(10, expression),
      impliedBy: take(11, expression),
    };
    return this.#lists;
  }
}

class StoredMenu implements Menu {
  readonly #objects: StoredObjects;
  readonly #at: number;

  constructor(objects: StoredObjects, number: number) {
    this.#objects = objects;
    this.#at = menuWidth * number;
  }

  #number(column: number): number {
    return this.#objects.rows.menus[this.#at + column]!;
  }

  get symbol(): KconfigSymbol | undefined {
    return this.#objects.symbol(this.#number(0));
  }

  get location(): Location {
    return this.#objects.location(this.#number(1), this.#number(2));
  }

  get parent(): Menu | undefined {
    return this.#objects.menu(this.#number(3));
  }

  get next(): Menu | undefined {
    return this.#objects.menu(this.#number(4));
  }

  get list(): Menu | undefined {
    return this.#objects.menu(this.#number(5));
  }

  get prompt(): Property | undefined {
    return this.#objects.property(this.#number(6));
  }

  get visibility(): Expression {
    return this.#number(7);
  }

  get dependencies(): Expression {
    return this.#number(8);
  }

  get help(): (() => string) | undefined {
    const [start, end] = [this.#number(9), this.#number(10)];
    return start < 0 ? undefined : () => this.#objects.rows.help.slice(start, end);
  }

  *children(): Generator<Menu> {
    for (let menu = this.list; menu !== undefined; menu = menu.next) yield menu;
  }
}

class StoredProperty implements Property {
  readonly #objects: StoredObjects;
  readonly #at: number;

  constructor(objects: StoredObjects, number: number) {
    this.#objects = objects;
    this.#at = propertyWidth * number;
  }

  #number(column: number): number {
    return this.#objects.rows.properties[this.#at + column]!;
  }

  get kind(): PropertyKind {
    return propertyKinds[this.#number(0)]!;
  }

  get text(): string | undefined {
    return this.#objects.text(this.#number(1));
  }

  get condition(): Expression {
    return this.#number(2);
  }

  get value(): Expression {
    return this.#number(3);
  }

  get bounds(): Bounds | undefined {
    const low = this.#objects.symbol(this.#number(4));
    return low && [low, this.#objects.symbol(this.#number(5))!];
  }

  get menu(): Menu | undefined {
    return this.#objects.menu(this.#number(6));
  }

  get location(): Location {
    return this.#objects.location(this.#number(7), this.#number(8));
  }
}
