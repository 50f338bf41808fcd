import type { Dialect } from "../dialect/dialect.js";
import { NONE, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import { Simplifier } from "../expression/simplify.js";
import type { KconfigSymbol } from "./symbol.js";

/** True where two conditions have the same operands, as far as C sees it (expr_eq). */
export type ConditionComparison = (left: Expression, right: Expression) => boolean;

/** The simplifications of a tree's expressions, by the types of its symbols. */
export function createSimplifier(
  pool: ExpressionPool,
  symbols: readonly KconfigSymbol[],
  { semantics }: Dialect,
): Simplifier {
  return new Simplifier(
    pool,
    {
      isBool: (symbol) => symbols[symbol]!.type === "bool",
      isTristate: (symbol) =>
        symbols[symbol]!.type === "tristate" || (semantics.tristateConstants && symbol <= YES_SYMBOL),
      isConstant: (symbol) => symbols[symbol]!.isConstant,
    },
    { deep: semantics.deepSimplification, contradictions: semantics.early },
  );
}

/** Compares the conditions of a tree; made ready on first use. */
export function createComparison(
  pool: ExpressionPool,
  symbols: readonly KconfigSymbol[],
  dialect: Dialect,
): ConditionComparison {
  let simplifier: Simplifier | undefined;
  return (left, right) => {
    const { yes } = pool;
    if (left === NONE || right === NONE) return (left === NONE || left === yes) && (right === NONE || right === yes);
    simplifier ??= createSimplifier(pool, symbols, dialect);
    return simplifier.equal(left, right);
  };
}
