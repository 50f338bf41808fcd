import { BottomUp } from "./bottom-up.js";
import * as Kind from "./kinds.js";
import { NO_SYMBOL, type Expression, type ExpressionPool } from "./pool.js";

/** `expression = n`, spelled out by its symbols: `A=n` for A, `A=n || B=n` for `A && B`. */
export function isNo(pool: ExpressionPool, expression: Expression): Expression {
  return new BottomUp(pool, (at, memo) => {
    const kind = pool.kind(at);
    if (kind === Kind.symbol) return pool.compare(Kind.equal, pool.left(at), NO_SYMBOL);
    if (kind !== Kind.and && kind !== Kind.or) return pool.not(at);
    return memo.join(kind === Kind.and ? Kind.or : Kind.and, at);
  }).get(expression);
}
