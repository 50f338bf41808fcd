import { NONE } from "../../expression/pool.js";
import type { Menu } from "../../model/menu.js";
import type { LazyValues } from "./lazy-values.js";
import { promptIndex } from "./program.js";

/**
 * Whether a node of the menu tree is shown (menu_is_visible of C). In the older tools, a symbol that is shown only for
 * what is below it counts as set by the user from then on.
 */
export function isMenuVisible(values: LazyValues, menu: Menu): boolean {
  const { prompt, symbol } = menu;
  if (prompt === undefined) return false;
  if (menu.visibility !== NONE && values.valueOf(menu.visibility) === 0) return false;
  if (symbol === undefined) return values.valueOf(prompt.condition) !== 0;
  values.calculate(symbol.id);
  if (values.prompts[promptIndex(values.program, symbol, prompt)] !== 0) return true;
  if (values.tri[symbol.id] === 0) return false;
  for (const child of menu.children()) {
    if (!isMenuVisible(values, child)) continue;
    if (!values.modern) values.user.has[symbol.id] = 1;
    return true;
  }
  return false;
}
