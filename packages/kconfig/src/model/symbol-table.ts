import type { DialectFiles } from "../dialect/dialect.js";
import { TreeSymbol, type KconfigSymbol } from "./symbol.js";

/** The symbols of a tree. */
export interface SymbolTable {
  /** By their numbers; the first three are the constants n, m and y. */
  readonly symbols: readonly KconfigSymbol[];
  /** The symbol with this name, if the text has one: what a line of a .config can assign to. */
  find(name: string): KconfigSymbol | undefined;
  /** Of those that are defined. */
  names(): string[];
}

/** The symbols of a tree that is being read. Names are looked up as the C tool does: constants and choices have name spaces of their own. */
export class TreeSymbolTable implements SymbolTable {
  readonly symbols: TreeSymbol[] = [];
  readonly no: TreeSymbol;
  readonly #plain = new Map<string, TreeSymbol>();
  readonly #constants = new Map<string, TreeSymbol>();
  readonly #choices = new Map<string, TreeSymbol>();

  constructor() {
    const constants = ["n", "m", "y"].map((name) => this.#create(name, "constant"));
    this.no = constants[0]!;
    for (const map of [this.#plain, this.#constants]) {
      for (const symbol of constants) map.set(symbol.name, symbol);
    }
  }

  /** The symbol of a bare word, made on first sight; `y`, `m` and `n` are the constants. */
  plain(name: string): TreeSymbol {
    return this.#lookup(this.#plain, name, "plain");
  }

  /** The constant of a quoted word. */
  constant(name: string): TreeSymbol {
    return this.#lookup(this.#constants, name, "constant");
  }

  /** The symbol of a choice; each choice without a name gets its own. */
  choice(name: string | undefined): TreeSymbol {
    return name === undefined ? this.#create("", "choice") : this.#lookup(this.#choices, name, "choice");
  }

  find(name: string): TreeSymbol | undefined {
    return this.#plain.get(name) ?? this.#choices.get(name);
  }

  names(): string[] {
    return [...this.#plain.values()].filter((symbol) => symbol.isDefined).map((symbol) => symbol.name);
  }

  #lookup(map: Map<string, TreeSymbol>, name: string, kind: "plain" | "constant" | "choice"): TreeSymbol {
    const known = map.get(name);
    if (known !== undefined) return known;
    const symbol = this.#create(name, kind);
    map.set(name, symbol);
    return symbol;
  }

  #create(name: string, kind: "plain" | "constant" | "choice"): TreeSymbol {
    const symbol = new TreeSymbol(this.symbols.length, name, kind);
    this.symbols.push(symbol);
    return symbol;
  }
}

/** How a tool's hash table is made. */
type HashRule = Pick<DialectFiles, "hash" | "hashSize">;

/**
 * The symbols in the order of the C tool's hash table (newest first in a bucket), which is the order of auto.conf and
 * autoconf.h. The three constants are not in it.
 */
export function hashOrder(symbols: readonly KconfigSymbol[], rule: HashRule): readonly KconfigSymbol[] {
  const known = orders.get(symbols);
  if (known?.rule === rule && known.count === symbols.length) return known.order;
  const count = symbols.length;
  // Numbers sort without a function to compare them.
  const keys = new Float64Array(Math.max(0, count - 3));
  for (let id = 3; id < count; id++) keys[id - 3] = bucket(symbols[id]!.name, rule) * count + (count - id);
  const order = Array.from(keys.sort(), (key) => symbols[count - (key % count)]!);
  orders.set(symbols, { rule, count, order });
  return order;
}

/** The order of each table, which is asked for with every configuration that is read. */
const orders = new WeakMap<
  readonly KconfigSymbol[],
  { readonly rule: HashRule; readonly count: number; readonly order: readonly KconfigSymbol[] }
>();

function bucket(name: string, { hash, hashSize }: HashRule): number {
  if (hash === "fnv1a") return name === "" ? 0 : fnv1a(name) % hashSize;
  // Nameless choices have a bucket of their own behind the others.
  if (name === "") return hashSize;
  let sum = 0;
  for (let index = 0; index < name.length; index++) sum += name.charCodeAt(index);
  return sum % hashSize;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
