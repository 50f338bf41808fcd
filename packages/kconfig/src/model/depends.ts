import * as Kind from "../expression/kinds.js";
import { MOD_SYMBOL, NO_SYMBOL, YES_SYMBOL, type Expression, type ExpressionPool } from "../expression/pool.js";

/** True where the symbol stands anywhere in the expression. */
export function containsSymbol(pool: ExpressionPool, expression: Expression, symbol: number): boolean {
  const stack = [expression];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const kind = pool.kind(at);
    if (kind === Kind.none) continue;
    if (kind === Kind.not) stack.push(pool.left(at));
    else if (kind === Kind.and || kind === Kind.or) {
      for (let index = pool.right(at) - 1; index >= 0; index--) stack.push(pool.operand(at, index));
    } else if (pool.left(at) === symbol || (kind !== Kind.symbol && pool.right(at) === symbol)) return true;
  }
  return false;
}

/** True where the expression has a part that holds with the symbol off: `!A`, `A=n`, `A!=y`, `A!=m`. */
export function containsNegated(pool: ExpressionPool, expression: Expression, symbol: number): boolean {
  const stack = [expression];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const left = pool.left(at);
    switch (pool.kind(at)) {
      case Kind.and:
      case Kind.or:
        stack.push(...pool.operands(at));
        break;
      case Kind.not:
        if (pool.kind(left) === Kind.symbol && pool.left(left) === symbol) return true;
        break;
      case Kind.equal:
        if (left === symbol && pool.right(at) === NO_SYMBOL) return true;
        break;
      case Kind.unequal:
        if (left === symbol && (pool.right(at) === YES_SYMBOL || pool.right(at) === MOD_SYMBOL)) return true;
        break;
      default:
    }
  }
  return false;
}

/** True where the expression is n while the symbol is n, as far as one look tells (expr_depends_symbol of C). */
export function dependsOnSymbol(pool: ExpressionPool, expression: Expression, symbol: number): boolean {
  return pool.operands(expression, Kind.and).some((operand) => {
    if (pool.left(operand) !== symbol) return false;
    const right = pool.right(operand);
    switch (pool.kind(operand)) {
      case Kind.symbol:
        return true;
      case Kind.equal:
        return right === YES_SYMBOL || right === MOD_SYMBOL;
      case Kind.unequal:
        return right === NO_SYMBOL;
      default:
        return false;
    }
  });
}
