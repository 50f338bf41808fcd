import { NumberList } from "./number-list.js";
import * as Kind from "./kinds.js";
import type { Chain, Expression, ExpressionPool } from "./pool.js";

/**
 * A function over expressions that is computed for the operands first and kept: `compute` may ask the memo for every
 * operand. Works on its own stack, so no expression is too deep.
 */
export class BottomUp {
  readonly #pool: ExpressionPool;
  readonly #compute: (expression: Expression, memo: BottomUp) => Expression;
  /** By expression, one more than its result. */
  readonly #results = new NumberList();

  constructor(pool: ExpressionPool, compute: (expression: Expression, memo: BottomUp) => Expression) {
    this.#pool = pool;
    this.#compute = compute;
  }

  /** Forgets all results: a symbol's type has changed. */
  clear(): void {
    this.#results.clear();
  }

  get(root: Expression): Expression {
    const known = this.#results.at(root);
    if (known > 0) return known - 1;
    const pool = this.#pool;
    const rootKind = pool.kind(root);
    if (rootKind !== Kind.not && rootKind !== Kind.and && rootKind !== Kind.or) return this.#keep(root);
    const stack = [root];
    while (stack.length > 0) {
      const expression = stack.at(-1)!;
      if (this.#results.at(expression) > 0) {
        stack.pop();
        continue;
      }
      const before = stack.length;
      const kind = pool.kind(expression);
      if (kind === Kind.not) {
        this.#push(stack, pool.left(expression));
      } else if (kind === Kind.and || kind === Kind.or) {
        for (let index = pool.right(expression) - 1; index >= 0; index--)
          this.#push(stack, pool.operand(expression, index));
      }
      if (stack.length > before) continue;
      this.#keep(expression);
      stack.pop();
    }
    return this.#results.at(root) - 1;
  }

  /** The chain of the results for the operands of AND or OR. */
  join(kind: Chain, expression: Expression): Expression {
    const pool = this.#pool;
    const start = pool.openChain();
    const count = pool.right(expression);
    for (let index = 0; index < count; index++) pool.chain(kind, this.get(pool.operand(expression, index)));
    return pool.closeChain(kind, start);
  }

  #keep(expression: Expression): Expression {
    const result = this.#compute(expression, this);
    this.#results.set(expression, result + 1);
    return result;
  }

  #push(stack: Expression[], expression: Expression): void {
    if (this.#results.at(expression) === 0) stack.push(expression);
  }
}
