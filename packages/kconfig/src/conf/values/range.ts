import { isDecimal, isHexadecimal, parseNumber } from "../../base/numbers.js";
import * as Type from "../../evaluate/types.js";
import { rulesOf, type Program, type RangeRule } from "../../evaluate/program.js";

/** The part of the values that ranges need. */
export interface RangeValues {
  readonly program: Program;
  readonly text: string[];
  valueOf(expression: number): number;
  calculate(symbol: number): void;
}

/** The range that counts now. */
export function rangeOf(values: RangeValues, symbol: number): RangeRule | undefined {
  return rulesOf(values.program, symbol).ranges.find(({ condition }) => values.valueOf(condition) !== 0);
}

function boundOf(values: RangeValues, bound: number, type: number): bigint {
  values.calculate(bound);
  const own = values.program.types[bound]!;
  const base = own === Type.int ? 10 : own === Type.hex ? 16 : type === Type.hex ? 16 : 10;
  return parseNumber(values.text[bound]!, base).value;
}

/** The text of a number, or the bound that it is beyond: its text, or printed anew (sym_validate_range of C). */
export function clampText(values: RangeValues, symbol: number, type: number, keepsText: boolean): string {
  const text = values.text[symbol]!;
  const range = rangeOf(values, symbol);
  if (range === undefined) return text;
  const value = parseNumber(text, type === Type.int ? 10 : 16).value;
  let bound = range.low;
  let limit = boundOf(values, bound, type);
  if (value >= limit) {
    bound = range.high;
    limit = boundOf(values, bound, type);
    if (value <= limit) return text;
  }
  if (keepsText) return values.text[bound]!;
  return type === Type.int ? String(limit) : `0x${BigInt.asUintN(64, limit).toString(16)}`;
}

/** True where an int, hex or string symbol takes the text (sym_string_within_range of C). */
export function takesText(values: RangeValues, symbol: number, text: string): boolean {
  const type = values.program.types[symbol]!;
  if (type === Type.string) return true;
  if (type === Type.int ? !isDecimal(text) : !isHexadecimal(text)) return false;
  const range = rangeOf(values, symbol);
  if (range === undefined) return true;
  const { value } = parseNumber(text, type === Type.int ? 10 : 16);
  return value >= boundOf(values, range.low, type) && value <= boundOf(values, range.high, type);
}
