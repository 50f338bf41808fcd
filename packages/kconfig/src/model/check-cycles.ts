import type { DialectSemantics } from "../dialect/dialect.js";
import { visitSymbols } from "../expression/symbols-of.js";
import type { ExpressionPool } from "../expression/pool.js";
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
    const reads = new Set<KconfigSymbol>();
    for (const member of symbol.members) {
      collect(member, pool, symbols, semantics, reads);
    }
    // The members hang on their choice; that alone is no loop.
    reads.delete(symbol);
    collect(symbol, pool, symbols, semantics, reads);
    return { symbol, reads: [...reads].filter((read) => !read.isConstant), index: 0 };
  }
}

function collect(
  symbol: KconfigSymbol,
  pool: ExpressionPool,
  symbols: readonly KconfigSymbol[],
  semantics: DialectSemantics,
  reads: Set<KconfigSymbol>,
): void {
  const add = (id: number): void => void reads.add(symbols[id]!);
  for (const reason of symbol.selectedBy) visitSymbols(pool, reason, add);
  if (semantics.strictCycles) {
    visitSymbols(pool, symbol.dependencies, add);
    for (const reason of symbol.impliedBy) visitSymbols(pool, reason, add);
  }
  for (const { kind, condition, value } of symbol.properties) {
    if (kind === "select" || kind === "choice" || (kind === "imply" && semantics.strictCycles)) continue;
    visitSymbols(pool, condition, add);
    if (kind === "default" && !symbol.isChoice) visitSymbols(pool, value, add);
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
