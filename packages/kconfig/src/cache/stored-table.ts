import type { KconfigSymbol } from "../model/symbol.js";
import type { SymbolTable } from "../model/symbol-table.js";

/** The table of a stored tree; names are looked at once somebody asks for one. */
export class StoredTable implements SymbolTable {
  readonly symbols: readonly KconfigSymbol[];
  #named: ReadonlyMap<string, KconfigSymbol> | undefined;

  constructor(symbols: readonly KconfigSymbol[]) {
    this.symbols = symbols;
  }

  find(name: string): KconfigSymbol | undefined {
    this.#named ??= byName(this.symbols);
    return this.#named.get(name);
  }

  names(): string[] {
    const named = this.symbols.filter(({ isDefined, isConstant, isChoice }) => isDefined && !isConstant && !isChoice);
    return named.map(({ name }) => name);
  }
}

/** Symbols that are no constants, before choices; `n`, `m` and `y` are the constants. */
function byName(symbols: readonly KconfigSymbol[]): ReadonlyMap<string, KconfigSymbol> {
  const named = new Map<string, KconfigSymbol>();
  for (const symbol of symbols) if (symbol.isChoice && symbol.name !== "") named.set(symbol.name, symbol);
  for (const symbol of symbols) if (!symbol.isChoice && !symbol.isConstant) named.set(symbol.name, symbol);
  for (const symbol of symbols.slice(0, 3)) named.set(symbol.name, symbol);
  return named;
}
