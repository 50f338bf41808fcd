import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import { KconfigError } from "../errors.js";
import type { Configuration } from "../configuration/configuration.js";
import { Planner, type Assignment } from "./wants.js";

/** A set of assignments that was tried and reaches the goal. */
export interface Suggestion {
  readonly assignments: readonly Assignment[];
  /** How many symbols get another value by it, the goal included. */
  readonly changes: number;
}

/**
 * What the user could set so that a symbol gets a value: sets of assignments from which none can be left out, each tried
 * on a copy of the configuration before it is offered; the one that changes least comes first. Empty where the search,
 * which is bounded, found none. Throws UNKNOWN_SYMBOL and ABORTED.
 */
export function findAssignments(
  configuration: Configuration,
  name: string,
  value: string,
  options: { readonly signal?: AbortSignalLike } = {},
): Suggestion[] {
  const symbol = configuration.tree.symbol(name);
  if (symbol === undefined) {
    throw new KconfigError("UNKNOWN_SYMBOL", `The tree has no symbol ${name}.`, {
      hint: "Look the name up in the tree's files.",
    });
  }
  const found = new Map<string, Suggestion>();
  for (const plan of new Planner(configuration.engine).plansFor(symbol, value)) {
    throwIfAborted(options.signal, "The search");
    const needed = reduce(configuration, plan, name, value);
    if (needed === undefined) continue;
    const key = needed.assignments
      .map((assignment) => `${assignment.name}=${assignment.value}`)
      .sort()
      .join();
    if (!found.has(key)) found.set(key, needed);
  }
  return [...found.values()].sort((a, b) => a.assignments.length - b.assignments.length || a.changes - b.changes);
}

/** The plan without what it does not need; `undefined` where it does not reach the goal. */
function reduce(
  configuration: Configuration,
  plan: readonly Assignment[],
  name: string,
  value: string,
): Suggestion | undefined {
  let changes = attempt(configuration, plan, name, value);
  if (changes === undefined) return undefined;
  let needed = plan;
  for (const assignment of plan) {
    const without = needed.filter((other) => other !== assignment);
    const fewer = attempt(configuration, without, name, value);
    if (fewer === undefined) continue;
    needed = without;
    changes = fewer;
  }
  return { assignments: needed, changes };
}

/** Tries a plan on a copy: how many values it changes, `undefined` where the goal is not reached. */
function attempt(
  configuration: Configuration,
  plan: readonly Assignment[],
  name: string,
  value: string,
): number | undefined {
  const copy = configuration.fork();
  for (const assignment of plan) copy.assign(assignment.name, assignment.value);
  if (copy.value(name) !== value) return undefined;
  return configuration.tree.symbols.filter((symbol) => copy.value(symbol.name) !== configuration.value(symbol.name))
    .length;
}
