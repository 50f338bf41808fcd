import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import { refusal } from "../configuration/accepted.js";
import { requireSymbol } from "../configuration/require-symbol.js";
import type { Configuration } from "../configuration/configuration.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { ModelSearch } from "./model-search.js";
import { Trial, type Assignment } from "./trial.js";
import { Planner } from "./wants.js";

/** A set of assignments that was tried and reaches the goal. */
export interface Suggestion {
  readonly assignments: readonly Assignment[];
  /** How many symbols get another value by it, the goal included. */
  readonly changes: number;
}

/** How many suggestions are enough, and how many plans are tried for them. */
const enough = 4;
const planLimit = 16;

/**
 * What the user could set so that a symbol gets a value: sets of assignments from which none can be left out, each tried
 * on a copy of the configuration before it is offered; the one that changes least comes first. Two searches propose
 * them: backwards from the goal along dependencies, and for values that meet all rules together. Empty where they, which
 * are bounded, found none. Throws UNKNOWN_SYMBOL and ABORTED.
 */
export function findAssignments(
  configuration: Configuration,
  name: string,
  value: string,
  options: { readonly signal?: AbortSignalLike } = {},
): Suggestion[] {
  const symbol = requireSymbol(configuration.tree, name);
  if (!canHold(symbol, value)) return [];
  const goal = { name, value };
  const trial = new Trial(configuration);
  const found = new Map<string, Suggestion>();
  let tried = 0;
  for (const plan of proposals(configuration, symbol, value)) {
    throwIfAborted(options.signal, "The search");
    const needed = reduce(trial, plan, goal);
    if (needed !== undefined) {
      const lines = needed.assignments.map((assignment) => `${assignment.name}=${assignment.value}`);
      const key = lines.sort().join();
      if (!found.has(key)) found.set(key, needed);
    }
    if (found.size >= enough || ++tried >= planLimit) break;
  }
  return [...found.values()].sort((a, b) => a.assignments.length - b.assignments.length || a.changes - b.changes);
}

/** False for values that the symbol's type rules out. */
function canHold({ type, isDefined, isChoice }: KconfigSymbol, value: string): boolean {
  return isDefined && !isChoice && refusal(type, value) === undefined;
}

function* proposals(
  configuration: Configuration,
  symbol: KconfigSymbol,
  value: string,
): Generator<readonly Assignment[]> {
  yield* new Planner(configuration.engine).plansFor(symbol, value);
  yield* new ModelSearch(configuration.engine).plansFor(symbol, value);
}

/** The plan without what it does not need; `undefined` where it does not reach the goal. */
function reduce(trial: Trial, plan: readonly Assignment[], goal: Assignment): Suggestion | undefined {
  let changes = trial.attempt(plan, goal);
  if (changes === undefined) return undefined;
  let needed = plan;
  // Large parts first, so that a plan of hundreds needs few attempts; then one by one until nothing can go.
  for (let size = needed.length >> 1; size >= 1;) {
    let shrunk = false;
    for (let from = 0; from < needed.length;) {
      const without = [...needed.slice(0, from), ...needed.slice(from + size)];
      const fewer = trial.attempt(without, goal);
      if (fewer === undefined) from += size;
      else {
        needed = without;
        changes = fewer;
        shrunk = true;
      }
    }
    if (size > 1) size >>= 1;
    else if (!shrunk) break;
  }
  if (needed.length === 1 && trial.attempt([], goal) !== undefined) return undefined;
  return { assignments: needed, changes };
}
