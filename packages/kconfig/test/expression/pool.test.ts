import { describe, expect, it } from "vitest";
import * as Kind from "../../src/expression/kinds.js";
import { ExpressionPool } from "../../src/expression/pool.js";

describe("ExpressionPool", () => {
  it("keeps every expression through its growth, and gives the same number for the same one", () => {
    const pool = new ExpressionPool();
    const count = 20_000;
    const make = (from: ExpressionPool): number[] =>
      Array.from({ length: count }, (_, index) => {
        const one = from.symbol(index + 3);
        const two = from.not(one);
        const both = from.compare(Kind.equal, index, index + 7);
        return from.join(index % 2 === 0 ? Kind.and : Kind.or, [one, from.symbol(index + 4), two, both]);
      });
    const made = make(pool);
    expect(make(pool)).toEqual(made);
    for (const [index, expression] of made.entries()) {
      expect(pool.kind(expression)).toBe(index % 2 === 0 ? Kind.and : Kind.or);
      const [one, next, two, both] = pool.operands(expression) as [number, number, number, number];
      expect([pool.left(one), pool.left(next), pool.left(two)]).toEqual([index + 3, index + 4, one]);
      expect([pool.left(both), pool.right(both)]).toEqual([index, index + 7]);
    }
    const restored = new ExpressionPool(pool.columns());
    const { size } = restored;
    expect(make(restored)).toEqual(made);
    expect(restored.size).toBe(size);
    const added = restored.symbol(count + 100);
    expect([added, restored.left(added), restored.symbol(count + 100)]).toEqual([size, count + 100, size]);
  });
});
