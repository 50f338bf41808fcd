import { isDecimal, isHexadecimal, parseNumber } from "../base/numbers.js";
import type { Program } from "./program.js";
import * as Type from "./types.js";

/** The number that a bound is to a symbol of a type: in the bound's own base, where it has one. */
export function boundNumber({ types }: Program, texts: readonly string[], bound: number, type: number): bigint {
  const own = types[bound]!;
  const base = own === Type.hex || (own !== Type.int && type === Type.hex) ? 16 : 10;
  return parseNumber(texts[bound]!, base).value;
}

/** A number as the older tools print a bound. */
export const printBound = (type: number, number: bigint): string =>
  type === Type.int ? String(number) : `0x${BigInt.asUintN(64, number).toString(16)}`;

/** The number that a text is to an int or hex symbol. */
export const numberOf = (type: number, text: string): bigint => parseNumber(text, type === Type.int ? 10 : 16).value;

/** True where the whole text is a number of an int or hex symbol. */
export const isNumber = (type: number, text: string): boolean =>
  type === Type.int ? isDecimal(text) : isHexadecimal(text);
