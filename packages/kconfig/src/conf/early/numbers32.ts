import { parseNumber } from "../../base/numbers.js";
import * as Type from "../../evaluate/types.js";
import type { RangeValues } from "../values/range.js";

const [longMin, longMax] = [-(2n ** 63n), 2n ** 63n - 1n];

/** A number as strtol() reads it, cut to the 32 bits of an int. */
export function toInt32(text: string, base: 10 | 16): number {
  const { value } = parseNumber(text, base);
  const limited = value < longMin ? longMin : value > longMax ? longMax : value;
  return Number(BigInt.asIntN(32, limited));
}

/** A bound of a range: a number in the notation of its own type, else in that of the symbol that has the range. */
export function boundOf32(values: RangeValues, bound: number, type: number): number {
  values.calculate(bound);
  const own = values.program.types[bound]!;
  const base = own === Type.int ? 10 : own === Type.hex || type === Type.hex ? 16 : 10;
  return toInt32(values.text[bound]!, base);
}
