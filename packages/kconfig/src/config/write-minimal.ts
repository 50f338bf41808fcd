import { nextInOrder } from "../model/menu.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { configLine } from "./format.js";
import type { ConfigView } from "./view.js";

/**
 * The minimal defconfig, byte for byte what the dialect's C tool writes (conf_write_defconfig): the symbols that can be
 * changed and differ from their default. Values have to be up to date.
 */
export function writeMinimal(view: ConfigView): string {
  const parts: string[] = [];
  const seen = new Uint8Array(view.symbols.length);
  for (let menu = view.tree.root.list; menu !== undefined; menu = nextInOrder(menu)) {
    const { symbol } = menu;
    if (symbol === undefined || symbol.isChoice || seen[symbol.id] === 1) continue;
    if (!view.isWritten(symbol.id)) continue;
    seen[symbol.id] = 1;
    if (!view.isChangeable(symbol.id)) continue;
    if (view.textOf(symbol.id) === view.defaultText(symbol) || isDefaultOfChoice(view, symbol)) continue;
    if (symbol.type !== "unknown") parts.push(configLine(view, symbol));
  }
  return parts.join("");
}

function isDefaultOfChoice(view: ConfigView, symbol: KconfigSymbol): boolean {
  const { choice } = symbol;
  if (choice === undefined || choice.optional || symbol.type !== "bool") return false;
  return view.defaultMember(choice.id) === symbol.id && view.textOf(symbol.id) === "y";
}
