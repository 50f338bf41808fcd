import type { Engine } from "./engine.js";
import * as Kind from "../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression } from "../expression/pool.js";
import { printExpression } from "../expression/print.js";
import type { KconfigSymbol } from "../model/symbol.js";

/** A symbol that is selected although its dependencies do not allow it. */
export interface UnmetDependencies {
  readonly symbol: KconfigSymbol;
  /** The dependencies with the values of their symbols, as C prints them: `FOO [=n] && BAR [=y]`. */
  readonly dependencies: string;
  /** What selects it, by the value to which it does. */
  readonly selectedBy: { readonly y: readonly string[]; readonly m: readonly string[] };
  /** The whole warning as the C tool writes it to standard error. */
  readonly warning: string;
}

/** An expression with the value of each symbol behind its name. */
export function printWithValues(engine: Engine, expression: Expression): string {
  const { tree, symbols, evaluator } = engine;
  return printExpression(tree.internals.pool, expression, (id) => {
    const symbol = symbols[id]!;
    const typed = id <= YES_SYMBOL ? tree.dialect.semantics.tristateConstants : symbol.type !== "unknown";
    const name = symbol.isChoice && symbol.name === "" ? "<choice>" : symbol.name;
    return typed && name !== "<choice>" ? `${name} [=${evaluator.textOf(id)}]` : name;
  });
}

/** The symbols that are selected against their dependencies, in the order of the tree. Values have to be up to date. */
export function unmetDependencies(engine: Engine): UnmetDependencies[] {
  const { values } = engine;
  const unmet = engine.symbols.filter(({ id, choice }) => {
    if (!engine.isLogic(id) || choice !== undefined) return false;
    return values.dependencies[id]! < values.selected[id]!;
  });
  return unmet.map((symbol) => describe(engine, symbol));
}

function describe(engine: Engine, symbol: KconfigSymbol): UnmetDependencies {
  const { pool } = engine.tree.internals;
  const reasons = symbol.selectedBy.flatMap((reason) => pool.operands(reason, Kind.or));
  const at = (value: number): string[] =>
    reasons.filter((reason) => engine.valueOf(reason) === value).map((reason) => printWithValues(engine, reason));
  const selectedBy = { y: at(2), m: at(1) };
  const dependencies = symbol.dependencies === NONE ? "y" : printWithValues(engine, symbol.dependencies);
  const level = engine.values.dependencies[symbol.id] === 1 ? "m" : "n";
  const list = (letter: "y" | "m"): string =>
    selectedBy[letter].length === 0
      ? ""
      : `  Selected by [${letter}]:\n${selectedBy[letter].map((text) => `  - ${text}\n`).join("")}`;
  const warning = `\nWARNING: unmet direct dependencies detected for ${symbol.name}\n  Depends on [${level}]: ${dependencies}\n${list("y")}${list("m")}`;
  return { symbol, dependencies, selectedBy, warning };
}
