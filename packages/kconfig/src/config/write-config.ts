import type { Menu } from "../model/menu.js";
import { configLine, heading } from "./format.js";
import type { ConfigView } from "./view.js";

/** The whole .config, byte for byte what the dialect's C tool writes (conf_write). Values have to be up to date. */
export function writeConfig(view: ConfigView): string {
  const { endOfMenu } = view.tree.dialect.files;
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
    if (!view.isMenuVisible(menu)) return;
    parts.push(`# end of ${menu.prompt.text}\n`);
    blank = true;
  };
  walk(root, enter, leave);
  return parts.join("");
}

/** Calls `enter` before and `leave` after the children of every node below `root`. */
export function walk(root: Menu, enter: (menu: Menu) => void, leave: (menu: Menu) => void): void {
  let menu: Menu | undefined = root.list;
  while (menu !== undefined) {
    enter(menu);
    if (menu.list !== undefined) {
      menu = menu.list;
      continue;
    }
    for (let at: Menu | undefined = menu; ; at = at.parent) {
      if (at === undefined) return;
      leave(at);
      if (at.next !== undefined) {
        menu = at.next;
        break;
      }
    }
  }
}
