import { Kind, type Expression, type ExpressionPool } from "./pool.js";

/**
 * A function over expressions that is computed for the operands first and kept: `compute` may ask the memo for every
 * operand. Works on its own stack, so no expression is too deep.
 */
export class BottomUp {
  readonly #pool: ExpressionPool;
  readonly #compute: (expression: Expression, memo: BottomUp) => Expression;
  #results: (Expression | undefined)[] = [];

  constructor(pool: ExpressionPool, compute: (expression: Expression, memo: BottomUp) => Expression) {
    this.#pool = pool;
    this.#compute = compute;
  }

  /** Forgets all results: a symbol's type has changed. */
  clear(): void {
    this.#results = [];
  }

  get(root: Expression): Expression {
    const known = this.#results[root];
    if (known !== undefined) return known;
    const pool = this.#pool;
    const rootKind = pool.kind(root);
    if (rootKind !== Kind.not && rootKind !== Kind.and && rootKind !== Kind.or) {
      return (this.#results[root] = this.#compute(root, this));
    }
    const stack = [root];
    while (stack.length > 0) {
      const expression = stack.at(-1)!;
      if (this.#results[expression] !== undefined) {
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
      this.#results[expression] = this.#compute(expression, this);
      stack.pop();
    }
    return this.#results[root]!;
  }

  #push(stack: Expression[], expression: Expression): void {
    if (this.#results[expression] === undefined) stack.push(expression);
  }
}
