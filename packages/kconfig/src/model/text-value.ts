import * as Kind from "../expression/kinds.js";
import { NONE, type ExpressionPool } from "../expression/pool.js";
import type { KconfigSymbol, Property } from "./symbol.js";
import type { SymbolTable } from "./symbol-table.js";

/** `$NAME` replaced by the value that the symbol NAME has so far. */
export function withSymbols(text: string, table: SymbolTable, pool: ExpressionPool): string {
  return text.replace(/\$([A-Za-z0-9_]*)/g, (_, name: string) => {
    const symbol = table.find(name);
    return symbol === undefined ? "" : textValue(symbol, pool, table.symbols);
  });
}

/**
 * The text of a symbol while the tree is still read: its first default without a condition. Enough for what paths and
 * the main title refer to, which are symbols from the environment.
 */
function textValue(symbol: KconfigSymbol, pool: ExpressionPool, symbols: readonly KconfigSymbol[]): string {
  const seen = new Set<KconfigSymbol>();
  for (let at: KconfigSymbol | undefined = symbol; at !== undefined && !seen.has(at);) {
    seen.add(at);
    if (at.type === "unknown") return at.name;
    if (at.type === "bool" || at.type === "tristate") return "n";
    const property: Property | undefined = at.properties.find(
      (entry) => entry.kind === "default" && entry.condition === NONE,
    );
    if (property === undefined || pool.kind(property.value) !== Kind.symbol) return "";
    at = symbols[pool.left(property.value)];
  }
  return "";
}
