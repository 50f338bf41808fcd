import type { Diagnostic } from "../base/diagnostics.js";
import type { Configuration } from "../configuration/configuration.js";
import type { Location } from "../model/symbol.js";
import { whyNot, type Obstacle } from "./explain.js";
import { mergeFragments, type Fragment, type MergeOptions, type RequestedValue } from "./merge.js";

/** What became of one requested value. */
export interface RequestOutcome extends RequestedValue {
  /** `held`, `dropped`, or `unknown` where the tree has no such symbol. */
  readonly outcome: "held" | "dropped" | "unknown";
  /** The value that the symbol has; `undefined` for an unknown one. */
  readonly actual: string | undefined;
  /** What dropped the value. */
  readonly obstacles: readonly Obstacle[];
  /** The lines of the fragments that bear on what dropped it: those of the symbols that stand in the way. */
  readonly culprits: readonly Culprit[];
}

/** A line of a fragment that stands in the way of another one. */
export interface Culprit {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

export interface MergeReport {
  /** The fragments put together, before the tree had its say. */
  readonly text: string;
  readonly requests: readonly RequestOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ApplyOptions extends MergeOptions {
  /** What symbols become that no fragment names: their default, or n where they can be n. Default: `default`. */
  readonly others?: "default" | "no";
}

/**
 * Loads fragments, later ones over earlier ones, in place of all values of a configuration, and tells for every
 * requested value whether it holds and, where not, what dropped it: a dependency, a range, a choice, a select, and which
 * line of a fragment is behind that.
 */
export function applyFragments(
  configuration: Configuration,
  fragments: readonly Fragment[],
  options: ApplyOptions = {},
): MergeReport {
  const { dialect } = configuration.tree;
  const merged = mergeFragments(fragments, { dialect }, options);
  const places = new Map(merged.requested.map(({ name, path, line }): [string, Location] => [name, { path, line }]));
  const { diagnostics } = configuration.load(merged.text, { path: "merged fragments", places });
  configuration.preset(options.others ?? "default");
  const byName = new Map(merged.requested.map((request) => [request.name, request]));
  const requests = merged.requested.map((request): RequestOutcome => {
    const symbol = configuration.tree.symbol(request.name);
    if (symbol === undefined || !symbol.isDefined) {
      return { ...request, outcome: "unknown", actual: undefined, obstacles: [], culprits: [] };
    }
    const actual = configuration.value(request.name);
    if (isSame(actual, request.value, symbol.type)) {
      return { ...request, outcome: "held", actual, obstacles: [], culprits: [] };
    }
    const obstacles = whyDropped(configuration, request);
    const culprits = obstacles
      .flatMap(({ symbols }) => symbols)
      .map((name) => byName.get(name))
      .filter((other) => other !== undefined)
      .map(({ name, value, path, line }) => ({ name, value, path, line }));
    return { ...request, outcome: "dropped", actual, obstacles, culprits: [...new Set(culprits)] };
  });
  return { text: merged.text, requests, diagnostics };
}

/** A number counts as held in any spelling: a hex symbol that is assigned ff is 0xff. */
function isSame(actual: string, wanted: string, type: string): boolean {
  if (actual === wanted) return true;
  return type === "hex" && actual.replace(/^0x/i, "").toLowerCase() === wanted.replace(/^0x/i, "").toLowerCase();
}

/** As `whyNot`; where nothing of the tree is in the way, another request is: that of another member of its choice. */
function whyDropped(configuration: Configuration, { name, value }: RequestedValue): Obstacle[] {
  const obstacles = whyNot(configuration, name, value);
  const symbol = configuration.tree.symbol(name);
  if (obstacles.length === 0 && symbol?.type === "string" && !configuration.isAssigned(name)) {
    const message = `The line gives ${name} no value: a string stands in quotes.`;
    return [{ kind: "type", message, symbols: [] }];
  }
  const choice = symbol?.choice;
  const chosen = choice === undefined ? undefined : configuration.selection(choice);
  if (obstacles.length > 0 || chosen === undefined || chosen.name === name) return obstacles;
  const message = `The choice has room for one member, and that is ${chosen.name}.`;
  return [{ kind: "choice", message, symbols: [chosen.name] }];
}
