import { NONE, type Expression } from "../expression/pool.js";
import { helpText } from "../syntax/parse-help.js";
import type { Span } from "../syntax/ast.js";
import type { KconfigSymbol, Location, Property, TreeProperty, TreeSymbol } from "./symbol.js";

/** A node of the menu tree: a menu, a choice, a comment, or one place at which a symbol is defined. */
export interface Menu {
  readonly symbol: KconfigSymbol | undefined;
  readonly location: Location;
  readonly parent: Menu | undefined;
  readonly next: Menu | undefined;
  /** The first child. */
  readonly list: Menu | undefined;
  readonly prompt: Property | undefined;
  /** `visible if`. */
  readonly visibility: Expression;
  /** `depends on` and `if`; after the tree is built with those of everything around it. */
  readonly dependencies: Expression;
  /** Reads the help text; it is cut out of the file only when it is asked for. */
  readonly help: (() => string) | undefined;
  /** The children, in order. */
  children(): Iterable<Menu>;
}

/** A node of a tree that is being read. */
export class TreeMenu implements Menu {
  readonly symbol: TreeSymbol | undefined;
  parent: TreeMenu | undefined;
  next: TreeMenu | undefined;
  list: TreeMenu | undefined;
  prompt: TreeProperty | undefined;
  visibility: Expression = NONE;
  dependencies: Expression = NONE;
  /** True where only defaults stand here, for a symbol that is defined elsewhere. */
  isDefault = false;
  readonly path: string;
  readonly #line: number;
  /** The text of the file with the help, and where it is. */
  #text: string | undefined;
  #start = 0;
  #end = 0;

  constructor(symbol: TreeSymbol | undefined, parent: TreeMenu | undefined, { path, line }: Location) {
    this.symbol = symbol;
    this.parent = parent;
    this.path = path;
    this.#line = line;
  }

  get location(): Location {
    return { path: this.path, line: this.#line };
  }

  get help(): (() => string) | undefined {
    const text = this.#text;
    return text === undefined ? undefined : () => helpText(text, { start: this.#start, end: this.#end });
  }

  setHelp(text: string, { start, end }: Span): void {
    [this.#text, this.#start, this.#end] = [text, start, end];
  }

  *children(): Generator<TreeMenu> {
    for (let menu = this.list; menu !== undefined; menu = menu.next) yield menu;
  }
}

/** The node after `menu` in the order of the text, children first; `undefined` after the last one. */
export function nextInOrder(menu: Menu): Menu | undefined {
  if (menu.list !== undefined) return menu.list;
  let at: Menu | undefined = menu;
  while (at !== undefined) {
    if (at.next !== undefined) return at.next;
    at = at.parent;
  }
  return undefined;
}

/** The symbols of a menu tree in the order in which they are first defined. */
export function definitionOrder({ root }: { readonly root: Menu }): KconfigSymbol[] {
  const symbols = new Set<KconfigSymbol>();
  for (let menu = nextInOrder(root); menu !== undefined; menu = nextInOrder(menu)) {
    if (menu.symbol !== undefined) symbols.add(menu.symbol);
  }
  return [...symbols];
}
