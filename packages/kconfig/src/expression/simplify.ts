import { BottomUp } from "./bottom-up.js";
import { joinAnd, joinOr, type SymbolFacts } from "./join-leaves.js";
import { NumberList } from "./number-list.js";
import * as Kind from "./kinds.js";
import { MOD_SYMBOL, NO_SYMBOL, NONE, YES_SYMBOL, type Chain, type Expression, type ExpressionPool } from "./pool.js";

const isChain = (kind: number): kind is Chain => kind === Kind.and || kind === Kind.or;

/** Beyond this nesting of AND in OR in AND, two expressions count as equal only when they are the same. */
const equalityDepth = 1000;

/** In what the tools differ. */
export interface SimplifierOptions {
  /** Operands are deduplicated before the chain that they are part of. */
  readonly deep?: boolean;
  /** An operand whose negation is there too gives way to a constant. */
  readonly contradictions?: boolean;
}

/**
 * The simplifications of the C tool, step by step: which conditions count as equal decides about menu structure, and
 * what is left of them is printed. Every result is kept; `forgetTypes` drops what depends on the symbols' types.
 */
export class Simplifier {
  readonly #pool: ExpressionPool;
  readonly #facts: SymbolFacts;
  readonly #constants: BottomUp;
  readonly #transformed: BottomUp;
  readonly #negated: BottomUp;
  readonly #bool: BottomUp;
  readonly #isNo: BottomUp;
  readonly #isNotNo: BottomUp;
  readonly #deep: BottomUp | undefined;
  readonly #contradictions: boolean;
  /** By expression, what is left of it. */
  readonly #deduplicated = new NumberList();
  readonly #equal = new Map<number, boolean>();
  /** By symbol, the last look that met it. */
  readonly #stamps = new NumberList();
  #stamp = 0;

  constructor(pool: ExpressionPool, facts: SymbolFacts, options: SimplifierOptions = {}) {
    const { deep = false, contradictions = false } = options;
    this.#pool = pool;
    this.#contradictions = contradictions;
    this.#facts = facts;
    this.#constants = new BottomUp(pool, (expression, memo) => this.#dropConstants(expression, memo));
    this.#transformed = new BottomUp(pool, (expression, memo) => this.#transform(expression, memo));
    this.#negated = new BottomUp(pool, (expression, memo) => this.#negate(expression, memo));
    this.#deep = deep ? new BottomUp(pool, (expression, memo) => this.#deduplicateDeep(expression, memo)) : undefined;
    this.#bool = new BottomUp(pool, (expression, memo) => this.#toBool(expression, memo));
    this.#isNo = new BottomUp(pool, (expression, memo) => this.#compareWithNo(expression, memo, true));
    this.#isNotNo = new BottomUp(pool, (expression) => this.#compareWithNo(expression, this.#isNo, false));
  }

  /** A symbol has got its type: what was simplified before may come out differently now. */
  forgetTypes(): void {
    for (const memo of [this.#transformed, this.#negated, this.#bool]) memo.clear();
    this.#deduplicated.clear();
    this.#deep?.clear();
  }

  /** Comparisons of bool symbols become `A` and `!A`, negations move down to the leaves (expr_transform of C). */
  transform(expression: Expression): Expression {
    return this.#transformed.get(expression);
  }

  /** `A!=n` becomes `A` for tristate A (expr_trans_bool of C). */
  toBool(expression: Expression): Expression {
    return this.#bool.get(expression);
  }

  /** `expression != n`, spelled out by its symbols (expr_trans_compare of C). */
  isNotNo(expression: Expression): Expression {
    return expression === NONE ? this.#pool.not(this.#pool.no) : this.#isNotNo.get(expression);
  }

  /** Drops operands that others make superfluous (expr_eliminate_dups of C). */
  deduplicate(expression: Expression): Expression {
    if (!isChain(this.#pool.kind(expression))) return expression;
    const known = this.#deduplicated.at(expression);
    if (known !== NONE) return known;
    const result = this.#concernsDistinctSymbols(expression) ? expression : this.#joinOperandsAgain(expression);
    this.#deduplicated.set(expression, result);
    return result;
  }

  #joinOperandsAgain(expression: Expression): Expression {
    if (this.#deep !== undefined) return this.#deep.get(expression);
    let current = expression;
    for (;;) {
      const counter = { joins: 0 };
      const kind = this.#pool.kind(current);
      if (isChain(kind)) current = this.#joinOperands(kind, current, counter);
      if (this.#contradictions) current = this.#dropContradictions(current, counter);
      if (counter.joins === 0) break;
      current = this.#constants.get(current);
    }
    return current;
  }

  /** True where every operand is a symbol or its negation, no symbol twice and no constant: nothing can be joined then. */
  #concernsDistinctSymbols(chain: Expression): boolean {
    const pool = this.#pool;
    const count = pool.right(chain);
    const stamp = ++this.#stamp;
    for (let index = 0; index < count; index++) {
      let operand = pool.operand(chain, index);
      if (pool.kind(operand) === Kind.not) operand = pool.left(operand);
      if (pool.kind(operand) !== Kind.symbol) return false;
      const symbol = pool.left(operand);
      if (symbol <= YES_SYMBOL || this.#stamps.at(symbol) === stamp) return false;
      this.#stamps.set(symbol, stamp);
    }
    return true;
  }

  /** What is left of two expressions without the operands that they share (expr_eliminate_eq of C). */
  withoutShared(left: Expression, right: Expression, depth = 0): [Expression, Expression] {
    const pool = this.#pool;
    if (left === NONE || right === NONE) return [left, right];
    let [one, other] = [left, right];
    const kind = pool.kind(one);
    if (isChain(kind)) [one, other] = this.#strike(kind, one, other, depth);
    const otherKind = pool.kind(other);
    if (pool.kind(one) !== otherKind && isChain(otherKind)) [one, other] = this.#strike(otherKind, one, other, depth);
    return [this.#constants.get(one), this.#constants.get(other)];
  }

  /** True where two expressions have the same operands, in any order (expr_eq of C). */
  equal(left: Expression, right: Expression, depth = 0): boolean {
    if (left === right) return true;
    const pool = this.#pool;
    const kind = pool.kind(left);
    if (kind !== pool.kind(right)) return false;
    if (kind === Kind.not) return this.equal(pool.left(left), pool.left(right), depth);
    if (!isChain(kind)) return left === right;
    if (depth > equalityDepth) return left === right;
    const key = left * 0x4000000 + right;
    const known = this.#equal.get(key);
    if (known !== undefined) return known;
    const [one, other] = this.withoutShared(left, right, depth + 1);
    const result = one === other && pool.kind(one) === Kind.symbol;
    this.#equal.set(key, result);
    return result;
  }

  #strike(kind: Chain, left: Expression, right: Expression, depth: number): [Expression, Expression] {
    const pool = this.#pool;
    const neutral = kind === Kind.and ? pool.yes : pool.no;
    const ones = pool.operands(left, kind);
    const others = pool.operands(right, kind);
    for (let i = 0; i < ones.length; i++) {
      for (let j = 0; j < others.length; j++) {
        const one = ones[i]!;
        const other = others[j]!;
        if (one === other && (one === pool.yes || one === pool.no)) continue;
        if (!this.equal(one, other, depth)) continue;
        ones[i] = neutral;
        others[j] = neutral;
      }
    }
    return [pool.join(kind, ones), pool.join(kind, others)];
  }

  #deduplicateDeep(expression: Expression, memo: BottomUp): Expression {
    const pool = this.#pool;
    let current = expression;
    for (;;) {
      const kind = pool.kind(current);
      if (!isChain(kind)) return current;
      const neutral = kind === Kind.and ? pool.yes : pool.no;
      const join = kind === Kind.and ? joinAnd : joinOr;
      const kept: Expression[] = [];
      let joins = 0;
      // Operands of the first round are simplified already; later rounds hold what they were joined to.
      const operands =
        current === expression ? pool.operands(current).map((operand) => memo.get(operand)) : pool.operands(current);
      for (const operand of pool.operands(pool.join(kind, operands), kind)) {
        let last = operand;
        for (let index = 0; index < kept.length; index++) {
          const other = kept[index]!;
          const joined = this.equal(other, last) ? other : join(pool, other, last, this.#facts);
          if (joined === undefined) continue;
          kept[index] = neutral;
          last = joined;
          joins++;
        }
        kept.push(last);
      }
      current = this.#constants.get(pool.join(kind, kept));
      if (joins === 0) return current;
    }
  }

  #joinOperands(kind: Chain, expression: Expression, counter: { joins: number }): Expression {
    const pool = this.#pool;
    const neutral = kind === Kind.and ? pool.yes : pool.no;
    const operands = pool.operands(expression, kind);
    const join = kind === Kind.and ? joinAnd : joinOr;
    for (let i = 0; i < operands.length; i++) {
      for (let j = 0; j < operands.length; j++) {
        if (i === j) continue;
        let one = operands[i]!;
        const inner = pool.kind(one);
        if (isChain(inner) && inner !== kind) {
          one = this.#joinOperands(inner, one, counter);
          operands[i] = one;
        }
        const other = operands[j]!;
        const joined = this.equal(one, other) ? one : join(pool, one, other, this.#facts);
        if (joined === undefined) continue;
        operands[i] = neutral;
        operands[j] = joined;
        counter.joins++;
      }
    }
    return pool.join(kind, operands);
  }

  /** `(A || B) && !A && !B` becomes `n && !A && !B`, likewise for AND in OR (expr_eliminate_dups2 of BusyBox). */
  #dropContradictions(expression: Expression, counter: { joins: number }): Expression {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (!isChain(kind)) return expression;
    const [neutral, opposite] = kind === Kind.and ? [pool.yes, pool.no] : [pool.no, pool.yes];
    const operands = pool.operands(expression);
    for (const [index, operand] of operands.entries()) {
      if (!isChain(pool.kind(operand))) continue;
      const inner = this.#dropContradictions(operand, counter);
      operands[index] = inner;
      const negated = this.#transformed.get(pool.not(inner));
      if (negated !== neutral) {
        const [rest] = this.#strike(kind, negated, pool.join(kind, operands), 0);
        if (rest === pool.join(kind, pool.operands(negated, kind)) || this.#constants.get(rest) !== neutral) continue;
      }
      operands[index] = opposite;
      counter.joins++;
    }
    return pool.join(kind, operands);
  }

  #dropConstants(expression: Expression, memo: BottomUp): Expression {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (!isChain(kind)) return expression;
    const neutral = kind === Kind.and ? pool.yes : pool.no;
    const absorbing = kind === Kind.and ? pool.no : pool.yes;
    const operands = pool.operands(expression).map((operand) => memo.get(operand));
    if (operands.includes(absorbing)) return absorbing;
    const kept = operands.filter((operand) => operand !== neutral);
    return kept.length === 0 ? neutral : pool.join(kind, kept);
  }

  #transform(expression: Expression, memo: BottomUp): Expression {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (isChain(kind)) return memo.join(kind, expression);
    if (kind === Kind.not) return this.#negated.get(memo.get(pool.left(expression)));
    if (kind !== Kind.equal && kind !== Kind.unequal) return expression;
    const symbol = pool.left(expression);
    if (!this.#facts.isBool(symbol)) return expression;
    const equal = kind === Kind.equal;
    switch (pool.right(expression)) {
      case NO_SYMBOL:
        return equal ? pool.not(pool.symbol(symbol)) : pool.symbol(symbol);
      case MOD_SYMBOL:
        return equal ? pool.no : pool.yes;
      case YES_SYMBOL:
        return equal ? pool.symbol(symbol) : pool.not(pool.symbol(symbol));
      default:
        return expression;
    }
  }

  /** The negation of a transformed expression. */
  #negate(expression: Expression, memo: BottomUp): Expression {
    const pool = this.#pool;
    const left = pool.left(expression);
    const right = pool.right(expression);
    switch (pool.kind(expression)) {
      case Kind.not:
        return left;
      case Kind.and:
        return memo.join(Kind.or, expression);
      case Kind.or:
        return memo.join(Kind.and, expression);
      case Kind.equal:
        return pool.compare(Kind.unequal, left, right);
      case Kind.unequal:
        return pool.compare(Kind.equal, left, right);
      case Kind.less:
        return pool.compare(Kind.greaterEqual, left, right);
      case Kind.lessEqual:
        return pool.compare(Kind.greater, left, right);
      case Kind.greater:
        return pool.compare(Kind.lessEqual, left, right);
      case Kind.greaterEqual:
        return pool.compare(Kind.less, left, right);
      default:
        if (expression === pool.yes) return pool.no;
        if (expression === pool.no) return pool.yes;
        return expression === pool.mod ? expression : pool.not(expression);
    }
  }

  #toBool(expression: Expression, memo: BottomUp): Expression {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (isChain(kind)) return memo.join(kind, expression);
    if (kind === Kind.not) return pool.not(memo.get(pool.left(expression)));
    const applies = kind === Kind.unequal && pool.right(expression) === NO_SYMBOL;
    return applies && this.#facts.isTristate(pool.left(expression)) ? pool.symbol(pool.left(expression)) : expression;
  }

  /** `expression = n` or `expression != n`; `memo` answers the first for the operands. */
  #compareWithNo(expression: Expression, memo: BottomUp, isNo: boolean): Expression {
    const pool = this.#pool;
    const kind = pool.kind(expression);
    if (isChain(kind)) {
      const dual = kind === Kind.and ? Kind.or : Kind.and;
      const inner = memo.join(dual, expression);
      return isNo ? inner : pool.not(inner);
    }
    if (kind === Kind.not) return (isNo ? this.#isNotNo : this.#isNo).get(pool.left(expression));
    if (kind === Kind.symbol) return pool.compare(isNo ? Kind.equal : Kind.unequal, pool.left(expression), NO_SYMBOL);
    return isNo ? pool.not(expression) : expression;
  }
}
