import type { SymbolTypeName } from "../dialect/dialect.js";
import type { Expression } from "../expression/pool.js";
import type { Menu } from "./menu.js";

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

/** One line that says something about a symbol, or the title of a menu or comment. */
export interface Property {
  kind: PropertyKind;
  /** The text of a prompt or title. */
  readonly text: string | undefined;
  /** The condition; after the tree is built with the dependencies of everything around it. */
  condition: Expression;
  /** `default`: the value. `select`, `imply`, `symbol`, `choice`: the symbol. */
  readonly value: Expression;
  /** The bounds of a `range`, as symbols. */
  readonly low: KconfigSymbol | undefined;
  readonly high: KconfigSymbol | undefined;
  /** Where it stands; none for what comes from the environment. */
  readonly menu: Menu | undefined;
  readonly location: Location;
}

/** What all empty lists are: most symbols have several. */
const empty: readonly never[] = [];

/** A list of a symbol with one more entry; the list itself where it is not empty. */
export function withEntry<T>(list: readonly T[], entry: T): readonly T[] {
  if (list.length === 0) return [entry];
  (list as T[]).push(entry);
  return list;
}

/** A symbol, also the anonymous one of a choice, and the constants of expressions. */
export class KconfigSymbol {
  /** Its number in the tree; smaller numbers were seen earlier in the text. */
  readonly id: number;
  /** Empty for a choice without a name. */
  readonly name: string;
  readonly isConstant: boolean;
  readonly isChoice: boolean;
  type: SymbolTypeName | "unknown" = "unknown";
  /** The choice of which this symbol is a member. */
  choice: KconfigSymbol | undefined;
  /** The members of a choice, in their order. */
  members: readonly KconfigSymbol[] = empty;
  /** False for choices that cannot be off. */
  optional = false;
  /** True for what never is written: choices, symbols from the environment. */
  noWrite = false;
  /** True for `option allnoconfig_y`. */
  allNoConfigY = false;
  /** The environment variable that gives the value. */
  environment: string | undefined;
  transitional = false;
  properties: readonly Property[] = empty;
  /** Places where the symbol is defined; empty for one that is only mentioned. */
  menus: readonly Menu[] = empty;
  /** What it depends on: the OR of its places' dependencies. */
  dependencies: Expression = 0;
  /** What selects it, one expression per select. */
  selectedBy: readonly Expression[] = empty;
  impliedBy: readonly Expression[] = empty;

  constructor(id: number, name: string, kind: "plain" | "constant" | "choice") {
    this.id = id;
    this.name = name;
    this.isConstant = kind === "constant";
    this.isChoice = kind === "choice";
  }

  /** True where a `config` statement names the symbol. */
  get isDefined(): boolean {
    return this.menus.length > 0;
  }

  /** The first prompt's text. */
  get prompt(): string | undefined {
    return this.properties.find((property) => property.text !== undefined)?.text;
  }
}
