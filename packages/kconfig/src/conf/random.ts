import type { ConfOptions } from "./types.js";

/**
 * The additive feedback generator behind glibc's rand() (its default, TYPE_3): x[n] = x[n-3] + x[n-31] in 32 bits, of
 * which the lowest one is dropped.
 */
export class GlibcRandom {
  readonly #state = new Int32Array(31);
  #front = 3;
  #rear = 0;

  /** `seed`: 32 bits, as srand() takes them. */
  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed === 0 ? 1 : seed;
    for (let index = 1; index < state.length; index++) {
      // 16807 * previous modulo 2^31 - 1; the product fits into a double. A negative rest counts from the other end.
      const rest = (16807 * state[index - 1]!) % 2147483647;
      state[index] = rest < 0 ? rest + 2147483647 : rest;
    }
    for (let round = 0; round < 310; round++) this.next();
  }

  /** From 0 up to 2147483647. */
  next(): number {
    const state = this.#state;
    const sum = (state[this.#front]! + state[this.#rear]!) | 0;
    state[this.#front] = sum;
    this.#front = (this.#front + 1) % state.length;
    this.#rear = (this.#rear + 1) % state.length;
    return sum >>> 1;
  }

  below(limit: number): number {
    return this.next() % limit;
  }
}

/** The seed of randconfig. */
export const seedOf = ({ env, seed }: Pick<ConfOptions, "env" | "seed">): number =>
  readSeedNumber(env["KCONFIG_SEED"]) ?? seed ?? Math.floor(Math.random() * 2 ** 32);

/** How likely y and m are, in percent. */
export interface Probabilities {
  /** bool is y */
  readonly bool: number;
  /** tristate is y */
  readonly yes: number;
  /** tristate is m */
  readonly mod: number;
}

/** Reads KCONFIG_PROBABILITY: `B`, `Y:M` or `B:Y:M`; `undefined` where a number is out of range. */
export function readProbabilities(text: string | undefined): Probabilities | undefined {
  const numbers: number[] = [];
  for (let rest = text ?? ""; rest !== "" && numbers.length < 3;) {
    const { value, length } = readLong(rest, 10);
    const number = Number(BigInt.asIntN(32, value));
    if (number < 0 || number > 100) return undefined;
    numbers.push(number);
    rest = rest.slice(rest[length] === ":" ? length + 1 : length);
  }
  const [first = 0, second = 0, third = 0] = numbers;
  const half = Math.trunc(first / 2);
  const forms: Probabilities[] = [
    { bool: 50, yes: 33, mod: 33 },
    { bool: first, yes: first - half, mod: half },
    { bool: first + second, yes: first, mod: second },
    { bool: first, yes: second, mod: third },
  ];
  const result = forms[numbers.length]!;
  return result.yes + result.mod > 100 ? undefined : result;
}

/** Reads KCONFIG_SEED, a number in C's notation, as 32 bits; `undefined` where it is none. */
export function readSeedNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const { value, length } = readLong(text, 0);
  return length === text.length ? Number(BigInt.asUintN(32, value)) : undefined;
}

const longMax = 0x7fffffffffffffffn;

/** The number at the start of a text as strtol reads it; a length of 0 where there is none. */
function readLong(text: string, base: 0 | 10): { value: bigint; length: number } {
  const pattern =
    base === 10 ? /^[ \t\n\v\f\r]*([+-]?)([0-9]+)/ : /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/;
  const match = pattern.exec(text);
  if (match === null) return { value: 0n, length: 0 };
  const [whole, sign, digits = ""] = match;
  const octal = base === 0 && /^0[0-7]/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const value = sign === "-" ? -magnitude : magnitude;
  const limited = value > longMax ? longMax : value < -longMax - 1n ? -longMax - 1n : value;
  return { value: limited, length: whole.length };
}
