import type { Diagnostic } from "../base/diagnostics.js";
import type { Configuration } from "../configuration/configuration.js";
import { whyNot, type Obstacle } from "./explain.js";
import { mergeFragments, type Fragment, type RequestedValue } from "./merge.js";

/** What became of one requested value. */
export interface RequestOutcome extends RequestedValue {
  /** `held`, `dropped`, or `unknown` where the tree has no such symbol. */
  readonly outcome: "held" | "dropped" | "unknown";
  /** The value that the symbol has; `undefined` for an unknown one. */
  readonly actual: string | undefined;
  /** What dropped the value. */
  readonly obstacles: readonly Obstacle[];
}

export interface MergeReport {
  readonly requests: readonly RequestOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Loads fragments, later ones over earlier ones, in place of all values of a configuration, and tells for every
 * requested value whether it holds and, where not, what dropped it. New symbols get their defaults.
 */
export function applyFragments(configuration: Configuration, fragments: readonly Fragment[]): MergeReport {
  const { dialect } = configuration.tree;
  const merged = mergeFragments(fragments, { dialect });
  const { diagnostics } = configuration.loadDefconfig(merged.text, { path: "merged fragments" });
  const requests = merged.requested.map((request): RequestOutcome => {
    const symbol = configuration.tree.symbol(request.name);
    if (symbol === undefined || !symbol.isDefined) {
      return { ...request, outcome: "unknown", actual: undefined, obstacles: [] };
    }
    const actual = configuration.value(request.name);
    if (actual === request.value) return { ...request, outcome: "held", actual, obstacles: [] };
    return { ...request, outcome: "dropped", actual, obstacles: whyNot(configuration, request.name, request.value) };
  });
  return { requests, diagnostics };
}
