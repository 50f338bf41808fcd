import { NONE, type Expression } from "../expression/pool.js";
import type { KconfigSymbol, Location, Property } from "./symbol.js";

/** A node of the menu tree: a menu, a choice, a comment, or one place at which a symbol is defined. */
export class Menu {
  readonly symbol: KconfigSymbol | undefined;
  readonly location: Location;
  parent: Menu | undefined;
  next: Menu | undefined;
  /** The first child. */
  list: Menu | undefined;
  prompt: Property | undefined;
  /** `visible if`. */
  visibility: Expression = NONE;
  /** `depends on` and `if`; after the tree is built with those of everything around it. */
  dependencies: Expression = NONE;
  /** True where only defaults stand here, for a symbol that is defined elsewhere. */
  isDefault = false;
  /** Reads the help text; it is cut out of the file only when it is asked for. */
  help: (() => string) | undefined;

  constructor(symbol: KconfigSymbol | undefined, parent: Menu | undefined, location: Location) {
    this.symbol = symbol;
    this.parent = parent;
    this.location = location;
  }

  /** The children, in order. */
  *children(): Generator<Menu> {
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
