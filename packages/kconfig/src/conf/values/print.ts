import * as Kind from "../../expression/kinds.js";
import { NONE, YES_SYMBOL, type Expression } from "../../expression/pool.js";
import { printExpression } from "../../expression/print.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import type { LazyValues } from "./lazy-values.js";

/** A symbol's name with its value, as far as it has a type. */
export function printSymbol(values: LazyValues, id: number): string {
  const { name, type } = values.symbols[id]!;
  if (name === "" && values.symbols[id]!.isChoice) return "<choice>";
  const typed = id <= YES_SYMBOL ? values.tree.dialect.semantics.tristateConstants : type !== "unknown";
  return typed ? `${name} [=${values.textOf(id)}]` : name;
}

/** An expression with the value of each symbol behind its name, as values are now. */
export function print(values: LazyValues, expression: Expression): string {
  return printExpression(values.tree.internals.pool, expression, (id) => printSymbol(values, id));
}

/** Those of the reasons that have this value, a line each, below a heading; nothing without one (expr_gstr_print_revdep of C). */
export function printReasons(
  values: LazyValues,
  reasons: readonly Expression[],
  value: number,
  heading: string,
): string {
  const { pool } = values.tree.internals;
  let text = "";
  for (const reason of reasons.flatMap((entry) => pool.operands(entry, Kind.or))) {
    if (values.valueOf(reason) !== value) continue;
    if (text === "") text = heading;
    text += `  - ${print(values, reason)}\n`;
  }
  return text;
}

/** C's warning about a symbol that is selected against its dependencies. */
export function unmetWarning(values: LazyValues, symbol: KconfigSymbol): string {
  const { id, name, dependencies, selectedBy } = symbol;
  const level = values.dependencies[id] === 1 ? "m" : "n";
  const text = dependencies === NONE ? "y" : print(values, dependencies);
  return (
    `\nWARNING: unmet direct dependencies detected for ${name === "" ? "(null)" : name}\n  Depends on [${level}]: ${text}\n` +
    printReasons(values, selectedBy, 2, "  Selected by [y]:\n") +
    printReasons(values, selectedBy, 1, "  Selected by [m]:\n")
  );
}
