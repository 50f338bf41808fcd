import type { Menu } from "../model/menu.js";
import type { Engine } from "./engine.js";
import { NONE } from "../expression/pool.js";

/** The visibility of a menu node's own prompt: 0, 1 or 2; 0 without a prompt. Values have to be up to date. */
export function promptVisibility(engine: Engine, menu: Menu): number {
  const { prompt, symbol } = menu;
  if (prompt === undefined) return 0;
  const value = engine.valueOf(prompt.condition);
  const choice = symbol?.choice;
  if (value === 1 && choice !== undefined && symbol?.type === "tristate" && engine.values.tri[choice.id] === 2)
    return 0;
  return value;
}

/** True where a menu node is shown: by its own prompt, or since something below it is (menu_is_visible of C). */
export function isMenuVisible(engine: Engine, menu: Menu): boolean {
  const stack = [menu];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.prompt === undefined) continue;
    if (at.visibility !== NONE && engine.valueOf(at.visibility) === 0) continue;
    if (promptVisibility(engine, at) !== 0) return true;
    if (at.symbol === undefined || engine.values.tri[at.symbol.id] === 0) continue;
    stack.push(...at.children());
  }
  return false;
}
