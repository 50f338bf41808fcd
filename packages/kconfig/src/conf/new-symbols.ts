import { quoteValue } from "../config/line.js";
import type { Engine } from "../evaluate/engine.js";
import { isMenuVisible } from "../evaluate/menu-visibility.js";
import type { Menu } from "../model/menu.js";

/** The places of symbols that the user could set and has not, in the order of the text (check_conf of C). */
export function newPlaces(engine: Engine): Menu[] {
  const found: Menu[] = [];
  const stack = [engine.tree.root];
  for (let menu = stack.pop(); menu !== undefined; menu = stack.pop()) {
    if (!isMenuVisible(engine, menu)) continue;
    if (isNew(engine, menu)) found.push(menu);
    stack.push(...[...menu.children()].reverse());
  }
  return found;
}

function isNew(engine: Engine, { symbol }: Menu): boolean {
  if (symbol === undefined) return false;
  const { user, values, tree } = engine;
  const { id } = symbol;
  const modern = tree.dialect.semantics.choice === "modern";
  if (symbol.isChoice && modern) return false;
  if (user.has[id] === 1) return false;
  const changeable = values.visible[id]! > values.selected[id]!;
  return changeable || (symbol.isChoice && values.tri[id] === 2);
}

/** The lines of listnewconfig. */
export function listNew(engine: Engine): string {
  const lines = newPlaces(engine).map(({ symbol }) => {
    if (symbol === undefined || symbol.name === "" || symbol.isChoice) return "";
    const value = engine.evaluator.textOf(symbol.id);
    return `${engine.tree.dialect.prefix}${symbol.name}=${symbol.type === "string" ? quoteValue(value) : value}\n`;
  });
  return lines.join("");
}
