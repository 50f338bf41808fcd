import type { Menu } from "../model/menu.js";

/** Calls `enter` before and `leave` after the children of every node below `root`. */
export function walkMenus(root: Menu, enter: (menu: Menu) => void, leave: (menu: Menu) => void): void {
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
