import * as Kind from "./kinds.js";

/** An expression of an `ExpressionPool`: a small number, so that equal expressions are equal numbers. */
export type Expression = number;

/** No expression: no condition at all, which counts as y. */
export const NONE: Expression = 0;

export type ExpressionKind = (typeof Kind)[keyof typeof Kind];

/** The kinds that have any number of operands. */
export type Chain = typeof Kind.and | typeof Kind.or;

/** The symbols of the constants, in every tree. */
export const NO_SYMBOL = 0;
export const MOD_SYMBOL = 1;
export const YES_SYMBOL = 2;

/** The expressions of a pool, one array per column. */
export interface PoolColumns {
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly left: Int32Array<ArrayBuffer>;
  readonly right: Int32Array<ArrayBuffer>;
  readonly operands: Int32Array<ArrayBuffer>;
}

/**
 * Expressions, each stored once. AND and OR hold all operands of a chain, never one of their own kind, so that a chain
 * of any length is one level deep. Operands have smaller numbers than what they are part of.
 */
export class ExpressionPool {
  #kinds = new Uint8Array(1 << 12);
  /** Symbol, operand, or the first operand's index in `#operands`. */
  #left = new Int32Array(1 << 12);
  /** Second symbol of a comparison, or how many operands. */
  #right = new Int32Array(1 << 12);
  #operands = new Int32Array(1 << 14);
  /** 0 is none. */
  #size = 1;
  #operandCount = 0;
  /** The operands of the chains that are being put together, one behind the other. */
  #scratch = new Int32Array(1 << 8);
  #chained = 0;
  /** Open hash table of all expressions; empty until the first look in a pool that was restored. */
  #table = new Int32Array(1 << 13);
  readonly no: Expression;
  readonly mod: Expression;
  readonly yes: Expression;

  constructor(columns?: PoolColumns) {
    if (columns !== undefined) {
      ({ kinds: this.#kinds, left: this.#left, right: this.#right, operands: this.#operands } = columns);
      this.#size = this.#kinds.length;
      this.#operandCount = this.#operands.length;
      this.#table = new Int32Array(0);
      [this.no, this.mod, this.yes] = [1, 2, 3];
      return;
    }
    this.no = this.symbol(NO_SYMBOL);
    this.mod = this.symbol(MOD_SYMBOL);
    this.yes = this.symbol(YES_SYMBOL);
  }

  /** The expressions as columns, from which a pool like this one can be made; they hold until an expression is added. */
  columns(): PoolColumns {
    return {
      kinds: this.#kinds.subarray(0, this.#size),
      left: this.#left.subarray(0, this.#size),
      right: this.#right.subarray(0, this.#size),
      operands: this.#operands.subarray(0, this.#operandCount),
    };
  }

  /** How many expressions there are; they are numbered from 0 (none). */
  get size(): number {
    return this.#size;
  }

  kind(expression: Expression): ExpressionKind {
    return this.#kinds[expression] as ExpressionKind;
  }

  /** The symbol of a `symbol` expression, the left one of a comparison, the operand of `not`. */
  left(expression: Expression): number {
    return this.#left[expression]!;
  }

  /** The right symbol of a comparison; how many operands AND and OR have. */
  right(expression: Expression): number {
    return this.#right[expression]!;
  }

  /** Operand `index` of AND and OR. */
  operand(expression: Expression, index: number): Expression {
    return this.#operands[this.#left[expression]! + index]!;
  }

  /** The operands of AND and OR; of any other expression, itself. */
  operands(expression: Expression, kind: ExpressionKind = this.kind(expression)): Expression[] {
    const own = this.#kinds[expression]!;
    if (own !== kind || (own !== Kind.and && own !== Kind.or)) return [expression];
    const from = this.#left[expression]!;
    const operands: Expression[] = [];
    for (let index = from; index < from + this.#right[expression]!; index++) operands.push(this.#operands[index]!);
    return operands;
  }

  symbol(symbol: number): Expression {
    return this.#intern(Kind.symbol, symbol, 0);
  }

  not(operand: Expression): Expression {
    return this.#intern(Kind.not, operand, 0);
  }

  compare(kind: ExpressionKind, left: number, right: number): Expression {
    return this.#intern(kind, left, right);
  }

  /** The AND of two, where none of an expression leaves the other one. */
  and(left: Expression, right: Expression): Expression {
    return this.#pair(Kind.and, left, right);
  }

  /** The OR of two, where none of an expression leaves the other one. */
  or(left: Expression, right: Expression): Expression {
    return this.#pair(Kind.or, left, right);
  }

  #pair(kind: Chain, left: Expression, right: Expression): Expression {
    if (left === NONE) return right;
    return right === NONE ? left : this.join(kind, [left, right]);
  }

  /** AND or OR of operands, none of which may be `NONE`; chains of the same kind are taken apart. */
  join(kind: Chain, operands: readonly Expression[]): Expression {
    const start = this.openChain();
    for (const operand of operands) this.chain(kind, operand);
    return this.closeChain(kind, start);
  }

  /** Begins a chain; `chain` adds to the one that was begun last, `closeChain` makes an expression of it. */
  openChain(): number {
    return this.#chained;
  }

  /** Adds an operand, or those of a chain of the same kind. */
  chain(kind: Chain, operand: Expression): void {
    const nested = this.#kinds[operand] === kind;
    const count = nested ? this.#right[operand]! : 1;
    if (this.#chained + count > this.#scratch.length) {
      this.#scratch = grown(this.#scratch, 2 * (this.#chained + count));
    }
    if (!nested) {
      this.#scratch[this.#chained++] = operand;
      return;
    }
    const from = this.#left[operand]!;
    for (let index = from; index < from + count; index++) this.#scratch[this.#chained++] = this.#operands[index]!;
  }

  /** The expression of the chain that `openChain` began at `start`; of a single operand, itself. */
  closeChain(kind: Chain, start: number): Expression {
    const count = this.#chained - start;
    this.#chained = start;
    return count === 1 ? this.#scratch[start]! : this.#internChain(kind, start, count);
  }

  #intern(kind: number, left: number, right: number): Expression {
    if (this.#table.length === 0) this.#rehash();
    const mask = this.#table.length - 1;
    let slot = mix(mix(kind, left), right) & mask;
    for (;;) {
      const found = this.#table[slot]!;
      if (found === 0) break;
      if (this.#kinds[found] === kind && this.#left[found] === left && this.#right[found] === right) return found;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, kind, left, right);
  }

  /** The chain of `count` operands from `start` of `#scratch`. */
  #internChain(kind: number, start: number, count: number): Expression {
    if (this.#table.length === 0) this.#rehash();
    const mask = this.#table.length - 1;
    let slot = hashChain(kind, this.#scratch, start, count) & mask;
    for (;;) {
      const found = this.#table[slot]!;
      if (found === 0) break;
      if (this.#kinds[found] === kind && this.#right[found] === count && this.#sameOperands(found, start)) return found;
      slot = (slot + 1) & mask;
    }
    const from = this.#operandCount;
    this.#operandCount += count;
    if (this.#operandCount > this.#operands.length) this.#operands = grown(this.#operands, 2 * this.#operandCount);
    for (let index = 0; index < count; index++) this.#operands[from + index] = this.#scratch[start + index]!;
    return this.#add(slot, kind, from, count);
  }

  #sameOperands(expression: Expression, start: number): boolean {
    const from = this.#left[expression]!;
    const count = this.#right[expression]!;
    for (let index = 0; index < count; index++) {
      if (this.#operands[from + index] !== this.#scratch[start + index]) return false;
    }
    return true;
  }

  #add(slot: number, kind: number, left: number, right: number): Expression {
    const expression = this.#size++;
    if (expression >= this.#kinds.length) {
      const length = 2 * this.#kinds.length;
      const kinds = new Uint8Array(length);
      kinds.set(this.#kinds);
      this.#kinds = kinds;
      this.#left = grown(this.#left, length);
      this.#right = grown(this.#right, length);
    }
    this.#kinds[expression] = kind;
    this.#left[expression] = left;
    this.#right[expression] = right;
    this.#table[slot] = expression;
    if (expression * 2 > this.#table.length) this.#rehash();
    return expression;
  }

  #rehash(): void {
    let length = 1 << 13;
    while (length < 4 * this.#size) length *= 2;
    const table = new Int32Array(length);
    const mask = length - 1;
    for (let expression = 1; expression < this.#size; expression++) {
      const kind = this.#kinds[expression]!;
      const left = this.#left[expression]!;
      const right = this.#right[expression]!;
      const chain = kind === Kind.and || kind === Kind.or;
      const hash = chain ? hashChain(kind, this.#operands, left, right) : mix(mix(kind, left), right);
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = expression;
    }
    this.#table = table;
  }
}

/** A copy of the column with this length. */
function grown(column: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(column);
  return longer;
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function hashChain(kind: number, operands: Int32Array, from: number, count: number): number {
  let hash = kind;
  for (let index = from; index < from + count; index++) hash = mix(hash, operands[index]!);
  return hash;
}
