import * as Kind from "../expression/kinds.js";
import { MOD_SYMBOL, NONE, type Expression, type ExpressionPool } from "../expression/pool.js";

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
export function* comparisonsWithMod(pool: ExpressionPool, expression: Expression): Generator<Expression> {
  const stack = [expression];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === NONE) continue;
    const kind = pool.kind(at);
    if (kind === Kind.not) stack.push(pool.left(at));
    else if (kind === Kind.and || kind === Kind.or) stack.push(...pool.operands(at).toReversed());
    else if (isComparison(pool, at)) yield at;
  }
}
