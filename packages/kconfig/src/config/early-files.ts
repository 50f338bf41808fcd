import type { Menu } from "../model/menu.js";
import { quoteValue } from "./line.js";
import type { ConfigView } from "./view.js";
import { walkMenus } from "./walk-menus.js";

/** What of the values BusyBox' files need. */
export type EarlyView = Pick<ConfigView, "tree" | "isLogic" | "isMenuVisible" | "textOf">;

/** What BusyBox' files say about when they were made. */
export interface EarlyStamp {
  /** The line of the .config, as ctime() has it; absent where none is wanted. */
  readonly date?: string;
  /** What autoconf.h has as AUTOCONF_TIMESTAMP. */
  readonly timestamp: string;
}

/** BusyBox' .config: every symbol, in force or not (conf_write). */
export function writeEarlyConfig(view: EarlyView, stamp: EarlyStamp): string {
  const date = stamp.date === undefined ? "" : `# ${stamp.date}\n`;
  const parts = [
    `#\n# Automatically generated make config: don't edit\n# Busybox version: ${versionOf(view)}\n${date}#\n`,
  ];
  for (const entry of entries(view)) {
    if (typeof entry === "string") parts.push(`\n#\n# ${entry}\n#\n`);
    else if (entry.kind === "text") parts.push(`CONFIG_${entry.name}=${entry.value}\n`);
    else
      parts.push(entry.value === "n" ? `# CONFIG_${entry.name} is not set\n` : `CONFIG_${entry.name}=${entry.value}\n`);
  }
  return parts.join("");
}

/** BusyBox' include/autoconf.h, with its ENABLE_ and IF_ macros. */
export function writeEarlyHeader(view: EarlyView, stamp: EarlyStamp): string {
  const heading = ` * Automatically generated C config: don't edit\n * Busybox version: ${versionOf(view)}\n`;
  const parts = [`/*\n${heading} */\n#define AUTOCONF_TIMESTAMP "${stamp.timestamp}"\n\n`];
  for (const entry of entries(view)) {
    if (typeof entry === "string") parts.push(`\n/*\n * ${entry}\n */\n`);
    else if (entry.kind === "text") {
      parts.push(`#define CONFIG_${entry.name} ${entry.number ?? entry.value}\n`, enabled(entry.name));
    } else if (entry.value === "n") parts.push(`#undef CONFIG_${entry.name}\n`, disabled(entry.name));
    else if (entry.value === "m") parts.push(`#define CONFIG_${entry.name}_MODULE 1\n`);
    else parts.push(`#define CONFIG_${entry.name} 1\n`, enabled(entry.name));
  }
  return parts.join("");
}

const disabled = (name: string): string =>
  `#define ENABLE_${name} 0\n#define IF_${name}(...)\n#define IF_NOT_${name}(...) __VA_ARGS__\n`;

const enabled = (name: string): string =>
  `#define ENABLE_${name} 1\n#ifdef MAKE_SUID\n# define IF_${name}(...) __VA_ARGS__ "CONFIG_${name}"\n#else\n` +
  `# define IF_${name}(...) __VA_ARGS__\n#endif\n#define IF_NOT_${name}(...)\n`;

/** A title, or a symbol with its value; `number` where the header spells it otherwise. */
type Entry =
  | string
  | { readonly kind: "logic" | "text"; readonly name: string; readonly value: string; readonly number?: string };

function entries(view: EarlyView): Entry[] {
  const found: Entry[] = [];
  const enter = (menu: Menu): void => {
    const { symbol } = menu;
    if (symbol === undefined) {
      if (view.isMenuVisible(menu)) found.push(menu.prompt!.text ?? "");
      return;
    }
    const { id, name, type } = symbol;
    if (symbol.isChoice || type === "unknown") return;
    const value = view.textOf(id);
    if (view.isLogic(id)) found.push({ kind: "logic", name, value });
    else if (type === "string") found.push({ kind: "text", name, value: quoteValue(value) });
    else if (type === "hex" && !/^0[xX]/.test(value)) found.push({ kind: "text", name, value, number: `0x${value}` });
    else found.push({ kind: "text", name, value: value === "" ? "0" : value });
  };
  walkMenus(view.tree.root, enter, () => undefined);
  return found;
}

function versionOf(view: EarlyView): string {
  const symbol = view.tree.symbol("KERNELVERSION");
  return symbol === undefined ? "" : view.textOf(symbol.id);
}
