import type { Menu } from "../model/menu.js";
import { writeEarlyConfig } from "./early-files.js";
import { configLine, heading } from "./format.js";
import type { ConfigView } from "./view.js";
import { walkMenus } from "./walk-menus.js";

/** The whole .config, byte for byte what the dialect's C tool writes (conf_write). Values have to be up to date. */
export function writeConfig(view: ConfigView): string {
  const { endOfMenu, everySymbol } = view.tree.dialect.files;
  if (everySymbol) return writeEarlyConfig(view, { timestamp: "" });
  const { kconfiglib } = view.tree.dialect.semantics;
  const { root } = view.tree;
  const parts = [heading(view, "shell")];
  const written = new Uint8Array(view.symbols.length);
  let blank = false;
  const enter = (menu: Menu): void => {
    const { symbol } = menu;
    if (symbol === undefined) {
      if (!view.isMenuVisible(menu)) return;
      parts.push(`\n#\n# ${menu.prompt!.text}\n#\n`);
      blank = false;
    } else if (!symbol.isChoice && written[symbol.id] === 0 && view.isWritten(symbol.id)) {
      written[symbol.id] = 1;
      if (symbol.type === "unknown") return;
      if (blank) parts.push("\n");
      blank = false;
      parts.push(configLine(view, symbol));
    }
  };
  const leave = (menu: Menu): void => {
    if (!endOfMenu || menu.symbol !== undefined || menu === root || menu.prompt?.kind !== "menu") return;
    // Kconfiglib says nothing at the end of a menu that is empty.
    if (!view.isMenuVisible(menu) || (kconfiglib && isEmpty(menu))) return;
    parts.push(`# end of ${menu.prompt.text}\n`);
    blank = true;
  };
  walkMenus(root, enter, leave);
  return parts.join("");
}

/** True where nothing but conditions stands in a menu. */
function isEmpty(menu: Menu): boolean {
  return [...menu.children()].every(({ symbol, prompt }) => symbol === undefined && prompt === undefined);
}
