import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Kind from "../../src/expression/kinds.js";
import { ExpressionPool, NONE, type Expression } from "../../src/expression/pool.js";
import { Simplifier } from "../../src/expression/simplify.js";
import { printExpression } from "../../src/expression/print.js";

// Symbols 3 to 5 are bool (A, B, C), 6 and 7 tristate (T, U).
const names = ["n", "m", "y", "A", "B", "C", "T", "U"];
const isBool = (symbol: number): boolean => symbol >= 3 && symbol <= 5;
const isTristate = (symbol: number): boolean => symbol >= 6;

function setUp(): { pool: ExpressionPool; simplifier: Simplifier; print: (expression: Expression) => string } {
  const pool = new ExpressionPool();
  const simplifier = new Simplifier(pool, { isBool, isTristate, isConstant: (symbol) => symbol <= 2 });
  return { pool, simplifier, print: (expression) => printExpression(pool, expression, (symbol) => names[symbol]!) };
}

/** A recipe for an expression, so that it can be made in any pool. */
type Recipe =
  | number
  | { not: Recipe }
  | { kind: "and" | "or"; operands: Recipe[] }
  | { symbol: number; equal: boolean; value: number };

function make(pool: ExpressionPool, recipe: Recipe): Expression {
  if (typeof recipe === "number") return pool.symbol(recipe);
  if ("not" in recipe) return pool.not(make(pool, recipe.not));
  if ("operands" in recipe)
    return pool.join(
      recipe.kind === "and" ? Kind.and : Kind.or,
      recipe.operands.map((operand) => make(pool, operand)),
    );
  return pool.compare(recipe.equal ? Kind.equal : Kind.unequal, recipe.symbol, recipe.value);
}

function evaluate(pool: ExpressionPool, expression: Expression, values: readonly number[]): number {
  const [left, right] = [pool.left(expression), pool.right(expression)];
  switch (pool.kind(expression)) {
    case Kind.none:
      return 2;
    case Kind.symbol:
      return values[left]!;
    case Kind.not:
      return 2 - evaluate(pool, left, values);
    case Kind.and:
      return Math.min(...pool.operands(expression).map((operand) => evaluate(pool, operand, values)));
    case Kind.or:
      return Math.max(...pool.operands(expression).map((operand) => evaluate(pool, operand, values)));
    case Kind.equal:
      return values[left] === values[right] ? 2 : 0;
    default:
      return values[left] === values[right] ? 0 : 2;
  }
}

const recipes = fc.letrec<{ node: Recipe }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 7 }),
    fc.record({ symbol: fc.integer({ min: 3, max: 7 }), equal: fc.boolean(), value: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ not: tie("node") }),
    fc.record({
      kind: fc.constantFrom<"and" | "or">("and", "or"),
      operands: fc.array(tie("node"), { minLength: 2, maxLength: 4 }),
    }),
  ),
})).node;

const assignments = fc
  .tuple(...[3, 4, 5].map(() => fc.constantFrom(0, 2)), ...[6, 7].map(() => fc.constantFrom(0, 1, 2)))
  .map((values) => [0, 1, 2, ...values]);

describe("ExpressionPool", () => {
  it("stores equal expressions once and flattens chains", () => {
    const { pool, print } = setUp();
    const [a, b, c] = [pool.symbol(3), pool.symbol(4), pool.symbol(5)];
    expect(pool.and(pool.and(a, b), c)).toBe(pool.and(a, pool.and(b, c)));
    expect(pool.and(NONE, a)).toBe(a);
    expect(print(pool.or(pool.and(a, b), pool.not(pool.or(a, c))))).toBe("A && B || !(A || C)");
  });
});

describe("Simplifier", () => {
  it("moves negations to the leaves and compares bools no more", () => {
    const { pool, simplifier, print } = setUp();
    const isNo = pool.compare(Kind.equal, 3, 0);
    const tristate = pool.compare(Kind.equal, 6, 2);
    expect(print(simplifier.transform(pool.not(pool.and(isNo, tristate))))).toBe("A || T!=y");
  });

  it("joins what concerns one symbol", () => {
    const { pool, simplifier, print } = setUp();
    const [t, tIsYes, tIsMod] = [pool.symbol(6), pool.compare(Kind.equal, 6, 2), pool.compare(Kind.equal, 6, 1)];
    expect(print(simplifier.deduplicate(pool.and(t, tIsYes)))).toBe("T=y");
    expect(print(simplifier.deduplicate(pool.or(tIsYes, tIsMod)))).toBe("T!=n");
    const a = pool.symbol(3);
    expect(print(simplifier.deduplicate(pool.or(a, pool.not(a))))).toBe("y");
    expect(print(simplifier.deduplicate(pool.and(pool.and(a, t), a)))).toBe("T && A");
  });

  it("finds expressions equal whatever the order of their operands", () => {
    const { pool, simplifier } = setUp();
    const [a, b, c] = [pool.symbol(3), pool.symbol(4), pool.symbol(5)];
    expect(simplifier.equal(pool.and(a, pool.or(b, c)), pool.and(pool.or(c, b), a))).toBe(true);
    expect(simplifier.equal(pool.and(a, b), pool.and(a, c))).toBe(false);
    expect(simplifier.withoutShared(pool.and(a, b), pool.and(pool.and(b, c), a))).toEqual([pool.yes, c]);
  });

  it("drops what others contradict, where the tool does", () => {
    const { pool, simplifier, print } = setUp();
    const oldest = new Simplifier(pool, { isBool, isTristate, isConstant: () => false }, { contradictions: true });
    const [t, u] = [pool.symbol(6), pool.symbol(7)];
    const never = pool.join(Kind.and, [pool.or(t, u), pool.not(t), pool.not(u)]);
    const always = pool.join(Kind.or, [pool.and(t, u), pool.not(u), pool.not(t)]);
    expect([never, always].map((expression) => print(oldest.deduplicate(expression)))).toEqual(["n", "y"]);
    expect(print(simplifier.deduplicate(never))).toBe("(T || U) && !T && !U");
    const part = pool.join(Kind.and, [pool.or(t, u), pool.not(t)]);
    expect(oldest.deduplicate(part)).toBe(part);
  });

  it("keeps the value of every expression", () => {
    fc.assert(
      fc.property(recipes, assignments, (recipe, values) => {
        const { pool, simplifier } = setUp();
        const expression = make(pool, recipe);
        const before = evaluate(pool, expression, values);
        const transformed = simplifier.transform(expression);
        // A bool is never m: C forces the test to n or y, which is its value.
        expect(evaluate(pool, transformed, values)).toBe(before);
        // C takes !T for T=n here, which is only right where T is not m.
        if (values.includes(1, 3)) return;
        const isNotNo = simplifier.transform(simplifier.isNotNo(transformed));
        expect(evaluate(pool, isNotNo, values)).toBe(before === 0 ? 0 : 2);
      }),
      { numRuns: 500 },
    );
  });

  it("takes alternating expressions of any depth", () => {
    const { pool, simplifier } = setUp();
    let expression = pool.symbol(3);
    for (let depth = 0; depth < 20_000; depth++) {
      const other = pool.symbol(4 + (depth % 2));
      expression = depth % 2 === 0 ? pool.and(expression, other) : pool.or(expression, other);
    }
    expect(simplifier.transform(pool.not(expression))).toBeGreaterThan(0);
    expect(simplifier.equal(expression, expression)).toBe(true);
  });
});
