import type { SymbolTypeName } from "../dialect/dialect.js";
import type { Expression } from "../expression/pool.js";
import type { Menu, TreeMenu } from "./menu.js";

/** Where something is defined: the path as it was sourced, the line from 1. */
export interface Location {
  readonly path: string;
  readonly line: number;
}

export type PropertyKind =
  | "prompt"
  | "menu"
  | "comment"
  | "default"
  | "choice"
  | "select"
  | "imply"
  | "range"
  | "symbol";

export type Bounds = readonly [low: KconfigSymbol, high: KconfigSymbol];

/** One line that says something about a symbol, or the title of a menu or comment. */
export interface Property {
  readonly kind: PropertyKind;
  /** The text of a prompt or title. */
  readonly text: string | undefined;
  /** The condition; after the tree is built with the dependencies of everything around it. */
  readonly condition: Expression;
  /** `default`: the value. `select`, `imply`, `symbol`, `choice`: the symbol. */
  readonly value: Expression;
  /** The lower and the upper bound of a `range`. */
  readonly bounds: Bounds | undefined;
  /** Where it stands; none for what comes from the environment. */
  readonly menu: Menu | undefined;
  readonly location: Location;
}

/** A symbol, also the anonymous one of a choice, and the constants of expressions. */
export interface KconfigSymbol {
  /** Its number in the tree; smaller numbers were seen earlier in the text. */
  readonly id: number;
  /** Empty for a choice without a name. */
  readonly name: string;
  readonly isConstant: boolean;
  readonly isChoice: boolean;
  readonly type: SymbolTypeName | "unknown";
  /** The choice of which this symbol is a member. */
  readonly choice: KconfigSymbol | undefined;
  /** The members of a choice, in their order. */
  readonly members: readonly KconfigSymbol[];
  /** False for choices that cannot be off. */
  readonly optional: boolean;
  /** True for what never is written: choices, symbols from the environment. */
  readonly noWrite: boolean;
  /** True for `option allnoconfig_y`. */
  readonly allNoConfigY: boolean;
  /** The environment variable that gives the value. */
  readonly environment: string | undefined;
  readonly transitional: boolean;
  readonly properties: readonly Property[];
  /** Places where the symbol is defined; empty for one that is only mentioned. */
  readonly menus: readonly Menu[];
  /** What it depends on: the OR of its places' dependencies. */
  readonly dependencies: Expression;
  /** What selects it, one expression per select. */
  readonly selectedBy: readonly Expression[];
  readonly impliedBy: readonly Expression[];
  /** True where a `config` statement names the symbol. */
  readonly isDefined: boolean;
  /** The first prompt's text. */
  readonly prompt: string | undefined;
}

/** A property of a tree that is being read. There are so many that each has as few fields as can be. */
export class TreeProperty implements Property {
  kind: PropertyKind;
  readonly text: string | undefined;
  condition: Expression;
  readonly value: Expression;
  readonly bounds: Bounds | undefined;
  /** The menu, or the path where there is none. */
  readonly #place: TreeMenu | string;
  readonly #line: number;

  constructor(kind: PropertyKind, place: TreeMenu | string, line: number, parts: PropertyParts) {
    this.kind = kind;
    this.text = parts.text;
    this.condition = parts.condition ?? 0;
    this.value = parts.value ?? 0;
    this.bounds = parts.bounds;
    this.#place = place;
    this.#line = line;
  }

  get menu(): TreeMenu | undefined {
    return typeof this.#place === "string" ? undefined : this.#place;
  }

  get location(): Location {
    const path = typeof this.#place === "string" ? this.#place : this.#place.path;
    return { path, line: this.#line };
  }
}

/** What a property has beyond its kind. */
export interface PropertyParts {
  readonly text?: string | undefined;
  readonly value?: Expression;
  readonly condition?: Expression;
  readonly bounds?: Bounds;
}

/** What all empty lists are: most symbols have several. */
const empty: readonly never[] = [];

/** A list of a symbol with one more entry: the same one where it is long. */
export function withEntry<T>(list: readonly T[], entry: T): readonly T[] {
  // An array that grows makes room for sixteen more, and most lists stay short.
  if (list.length < 4) return list.concat([entry]);
  (list as T[]).push(entry);
  return list;
}

/** A symbol of a tree that is being read. */
export class TreeSymbol implements KconfigSymbol {
  readonly id: number;
  readonly name: string;
  readonly isConstant: boolean;
  readonly isChoice: boolean;
  type: SymbolTypeName | "unknown" = "unknown";
  choice: TreeSymbol | undefined;
  members: readonly TreeSymbol[] = empty;
  optional = false;
  noWrite = false;
  allNoConfigY = false;
  environment: string | undefined;
  transitional = false;
  properties: readonly TreeProperty[] = empty;
  menus: readonly TreeMenu[] = empty;
  dependencies: Expression = 0;
  selectedBy: readonly Expression[] = empty;
  impliedBy: readonly Expression[] = empty;

  constructor(id: number, name: string, kind: "plain" | "constant" | "choice") {
    this.id = id;
    this.name = name;
    this.isConstant = kind === "constant";
    this.isChoice = kind === "choice";
  }

  get isDefined(): boolean {
    return this.menus.length > 0;
  }

  get prompt(): string | undefined {
    return this.properties.find(({ text }) => text !== undefined)?.text;
  }
}
