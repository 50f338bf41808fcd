import * as Kind from "./kinds.js";
import type { Expression, ExpressionPool } from "./pool.js";

/** Calls `visit` with every symbol of an expression, from left to right, without the parts that `skip` says so of. */
export function visitSymbols(
  pool: ExpressionPool,
  expression: Expression,
  visit: (symbol: number) => void,
  skip?: (part: Expression) => boolean,
): void {
  const visitLeaf = (leaf: Expression): void => {
    visit(pool.left(leaf));
    if (pool.kind(leaf) !== Kind.symbol) visit(pool.right(leaf));
  };
  visitLeaves(pool, expression, visitLeaf, skip);
}

/** As `visitSymbols`, with the symbols and comparisons that an expression is made of. */
export function visitLeaves(
  pool: ExpressionPool,
  expression: Expression,
  visit: (leaf: Expression) => void,
  skip?: (part: Expression) => boolean,
): void {
  const stack = [expression];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const kind = pool.kind(at);
    if (kind === Kind.none || skip?.(at) === true) continue;
    if (kind === Kind.not) stack.push(pool.left(at));
    else if (kind === Kind.and || kind === Kind.or) {
      for (let index = pool.right(at) - 1; index >= 0; index--) stack.push(pool.operand(at, index));
    } else visit(at);
  }
}
