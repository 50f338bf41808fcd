import * as Kind from "./kinds.js";
import {
  MOD_SYMBOL,
  NO_SYMBOL,
  YES_SYMBOL,
  type Expression,
  type ExpressionKind,
  type ExpressionPool,
} from "./pool.js";

/** What the simplifier has to know about symbols. */
export interface SymbolFacts {
  isBool(symbol: number): boolean;
  isTristate(symbol: number): boolean;
  isConstant(symbol: number): boolean;
}

/** A leaf about one symbol: `A`, `!A`, `A=x`, `A!=x`, `!(A=x)`. */
interface Leaf {
  readonly kind: ExpressionKind;
  readonly symbol: number;
  /** The right symbol of a comparison. */
  readonly value: number;
  /** Of `not`: the kind of its operand. */
  readonly inner: ExpressionKind;
}

function leafOf(pool: ExpressionPool, expression: Expression, first: boolean): Leaf | undefined {
  const kind = pool.kind(expression);
  if (kind === Kind.symbol || kind === Kind.equal || kind === Kind.unequal) {
    return { kind, symbol: pool.left(expression), value: pool.right(expression), inner: Kind.none };
  }
  if (kind !== Kind.not) return undefined;
  const operand = pool.left(expression);
  const inner = pool.kind(operand);
  // C looks into `!(A=x)` on the left side only.
  const comparison = inner === Kind.equal || inner === Kind.unequal;
  if (inner !== Kind.symbol && !(first && comparison)) return undefined;
  return { kind, symbol: pool.left(operand), value: 0, inner };
}

/** The symbol of a leaf; of any other expression, a number that tells nothing. */
const innermostSymbol = (pool: ExpressionPool, expression: Expression): number =>
  pool.left(pool.kind(expression) === Kind.not ? pool.left(expression) : expression);

/** The two values of a pair of comparisons, in any order. */
const isPair = (left: Leaf, right: Leaf, one: number, other: number): boolean =>
  (left.value === one && right.value === other) || (left.value === other && right.value === one);

function leaves(
  pool: ExpressionPool,
  left: Expression,
  right: Expression,
  facts: SymbolFacts,
): [Leaf, Leaf] | undefined {
  // Most pairs are about two symbols.
  if (innermostSymbol(pool, left) !== innermostSymbol(pool, right)) return undefined;
  const one = leafOf(pool, left, true);
  const other = one && leafOf(pool, right, false);
  if (one === undefined || other === undefined) return undefined;
  return facts.isBool(one.symbol) || facts.isTristate(one.symbol) ? [one, other] : undefined;
}

/**
 * One expression for `left || right` where both are about the same bool or tristate symbol, else `undefined`. Follows
 * expr_join_or of C, as menu structure and printed conditions hang on what is joined and what is not.
 */
export function joinOr(
  pool: ExpressionPool,
  left: Expression,
  right: Expression,
  facts: SymbolFacts,
): Expression | undefined {
  const pair = leaves(pool, left, right, facts);
  if (pair === undefined) return undefined;
  const [one, other] = pair;
  const { symbol } = one;
  if (facts.isTristate(symbol) && one.kind === Kind.equal && other.kind === Kind.equal) {
    if (isPair(one, other, YES_SYMBOL, MOD_SYMBOL)) return pool.compare(Kind.unequal, symbol, NO_SYMBOL);
    if (isPair(one, other, YES_SYMBOL, NO_SYMBOL)) return pool.compare(Kind.unequal, symbol, MOD_SYMBOL);
    if (isPair(one, other, MOD_SYMBOL, NO_SYMBOL)) return pool.compare(Kind.unequal, symbol, YES_SYMBOL);
  }
  if (facts.isBool(symbol)) {
    const negated = (a: Leaf, b: Leaf): boolean =>
      a.kind === Kind.not && a.inner === Kind.symbol && b.kind === Kind.symbol;
    if (negated(one, other) || negated(other, one)) return pool.yes;
  }
  return undefined;
}

/** One expression for `left && right`, as `joinOr` for OR. Follows expr_join_and of C. */
export function joinAnd(
  pool: ExpressionPool,
  left: Expression,
  right: Expression,
  facts: SymbolFacts,
): Expression | undefined {
  const pair = leaves(pool, left, right, facts);
  if (pair === undefined) return undefined;
  const [one, other] = pair;
  const { symbol } = one;
  const plain = one.kind === Kind.symbol ? other : other.kind === Kind.symbol ? one : undefined;
  if (plain !== undefined) {
    if (plain.kind === Kind.equal && plain.value === YES_SYMBOL) return pool.compare(Kind.equal, symbol, YES_SYMBOL);
    if (plain.kind === Kind.unequal && plain.value === NO_SYMBOL) return pool.symbol(symbol);
    if (plain.kind === Kind.unequal && plain.value === MOD_SYMBOL) return pool.compare(Kind.equal, symbol, YES_SYMBOL);
    return undefined;
  }
  if (!facts.isTristate(symbol)) return undefined;
  const equal = one.kind === Kind.equal ? one : other.kind === Kind.equal ? other : undefined;
  const unequal = one.kind === Kind.unequal ? one : other.kind === Kind.unequal ? other : undefined;
  if (equal !== undefined && unequal !== undefined) {
    if (!facts.isConstant(equal.value) || !facts.isConstant(unequal.value)) return undefined;
    return equal.value === unequal.value ? pool.no : pool.compare(Kind.equal, symbol, equal.value);
  }
  if (one.kind === Kind.unequal && other.kind === Kind.unequal) {
    if (isPair(one, other, YES_SYMBOL, NO_SYMBOL)) return pool.compare(Kind.equal, symbol, MOD_SYMBOL);
    if (isPair(one, other, YES_SYMBOL, MOD_SYMBOL)) return pool.compare(Kind.equal, symbol, NO_SYMBOL);
    if (isPair(one, other, MOD_SYMBOL, NO_SYMBOL)) return pool.compare(Kind.equal, symbol, YES_SYMBOL);
  }
  return undefined;
}
