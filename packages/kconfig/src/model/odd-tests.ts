import * as Kind from "../expression/kinds.js";
import { MOD_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";
import { visitLeaves } from "../expression/symbols-of.js";

const isComparison = (pool: ExpressionPool, at: Expression): boolean => {
  const kind = pool.kind(at);
  return (kind === Kind.equal || kind === Kind.unequal) && pool.right(at) === MOD_SYMBOL;
};

/** True where any expression compares something with m. */
export function comparesWithMod(pool: ExpressionPool): boolean {
  for (let at = 1; at < pool.size; at++) if (isComparison(pool, at)) return true;
  return false;
}

/** The comparisons with m in an expression, from left to right, each as often as it is there. */
export function comparisonsWithMod(pool: ExpressionPool, expression: Expression): Expression[] {
  const found: Expression[] = [];
  visitLeaves(pool, expression, (leaf) => {
    if (isComparison(pool, leaf)) found.push(leaf);
  });
  return found;
}
