import type { DialectSemantics } from "../dialect/dialect.js";
import { visitSymbols } from "../expression/symbols-of.js";
import type { Expression, ExpressionPool } from "../expression/pool.js";
import type { TreeReport } from "./menu-builder.js";
import type { KconfigSymbol } from "./symbol.js";

/** A symbol on the way down, and which of what it reads comes next. */
interface Step {
  readonly symbol: KconfigSymbol;
  readonly reads: readonly KconfigSymbol[];
  index: number;
}

/**
 * Reports symbols that depend on themselves, each loop once. A choice and its members count as one, and a member must not
 * depend on another one of its choice, as in C (sym_check_deps). Keeps its own stack.
 */
export function checkCycles(
  symbols: readonly KconfigSymbol[],
  pool: ExpressionPool,
  semantics: DialectSemantics,
  report: TreeReport,
): void {
  const groupOf = (symbol: KconfigSymbol): KconfigSymbol => symbol.choice ?? symbol;
  const state = new Uint8Array(symbols.length);
  const collector = new ReadCollector(symbols, pool, semantics.strictCycles);
  // A symbol that is part of a reported loop starts no report of its own.
  const reported = new Set<KconfigSymbol>();
  for (const root of symbols) {
    if (state[groupOf(root).id] !== 0) continue;
    const steps: Step[] = [open(groupOf(root))];
    while (steps.length > 0) {
      const step = steps.at(-1)!;
      const next = step.reads[step.index++];
      if (next === undefined) {
        state[step.symbol.id] = 2;
        steps.pop();
      } else if (state[groupOf(next).id] === 0) steps.push(open(groupOf(next)));
      else if (state[groupOf(next).id] === 1) reportLoop(steps, groupOf(next), reported, report);
    }
  }

  function open(symbol: KconfigSymbol): Step {
    state[symbol.id] = 1;
    return { symbol, reads: collector.readsOf(symbol), index: 0 };
  }
}

/** Finds out what symbols read; for one symbol, each part of an expression is looked at once. */
class ReadCollector {
  readonly #symbols: readonly KconfigSymbol[];
  readonly #pool: ExpressionPool;
  readonly #strict: boolean;
  /** By symbol, the last one whose reads it is among. */
  readonly #stamps: Int32Array;
  /** By expression, the last look that met it. */
  readonly #seen: Int32Array;
  #look = 0;
  #stamp = 0;

  constructor(symbols: readonly KconfigSymbol[], pool: ExpressionPool, strict: boolean) {
    this.#symbols = symbols;
    this.#pool = pool;
    this.#strict = strict;
    this.#stamps = new Int32Array(symbols.length);
    this.#seen = new Int32Array(pool.size);
  }

  /** What a symbol, or a choice with all its members, reads. */
  readsOf(symbol: KconfigSymbol): KconfigSymbol[] {
    this.#stamp++;
    this.#look++;
    const reads: KconfigSymbol[] = [];
    if (symbol.members.length > 0) {
      // The members hang on their choice; that alone is no loop.
      this.#stamps[symbol.id] = this.#stamp;
      for (const member of symbol.members) this.#collect(member, reads);
      this.#stamps[symbol.id] = 0;
      // What the members read of their choice was passed over.
      this.#look++;
    }
    this.#collect(symbol, reads);
    return reads;
  }

  #collect(symbol: KconfigSymbol, reads: KconfigSymbol[]): void {
    for (const reason of symbol.selectedBy) this.#add(reason, reads);
    if (this.#strict) {
      this.#add(symbol.dependencies, reads);
      for (const reason of symbol.impliedBy) this.#add(reason, reads);
    }
    for (const { kind, condition, value } of symbol.properties) {
      if (kind === "select" || kind === "choice" || (kind === "imply" && this.#strict)) continue;
      this.#add(condition, reads);
      if (kind === "default" && !symbol.isChoice) this.#add(value, reads);
    }
  }

  /** Adds the symbols of an expression from left to right. */
  #add(expression: Expression, reads: KconfigSymbol[]): void {
    const isSeen = (part: Expression): boolean => {
      const seen = this.#seen[part] === this.#look;
      this.#seen[part] = this.#look;
      return seen;
    };
    visitSymbols(
      this.#pool,
      expression,
      (id) => {
        const symbol = this.#symbols[id]!;
        if (symbol.isConstant || this.#stamps[id] === this.#stamp) return;
        this.#stamps[id] = this.#stamp;
        reads.push(symbol);
      },
      isSeen,
    );
  }
}

function reportLoop(
  steps: readonly Step[],
  start: KconfigSymbol,
  reported: Set<KconfigSymbol>,
  report: TreeReport,
): void {
  if (reported.has(start)) return;
  const from = steps.findIndex((step) => step.symbol === start);
  const loop = [...steps.slice(from).map((step) => step.symbol), start];
  for (const symbol of loop) reported.add(symbol);
  const names = loop.map((symbol) =>
    symbol.name === "" ? `choice of ${symbol.members[0]?.name ?? "nothing"}` : symbol.name,
  );
  const location = start.menus[0]?.location;
  if (location === undefined) return;
  report(
    "error",
    "recursive-dependency",
    location,
    `${names[0]} depends on itself: ${names.join(" > ")}.`,
    "Take one of these dependencies away, or turn a select into a dependency.",
  );
}
