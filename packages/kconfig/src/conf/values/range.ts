import * as Type from "../../evaluate/types.js";
import { boundNumber, isNumber, numberOf, printBound } from "../../evaluate/bounds.js";
import type { Program, RangeRule } from "../../evaluate/program.js";

/** The part of the values that ranges need. */
export interface RangeValues {
  readonly program: Program;
  readonly text: string[];
  valueOf(expression: number): number;
  calculate(symbol: number): void;
}

/** The range that counts now. */
export function rangeOf(values: RangeValues, symbol: number): RangeRule | undefined {
  const { rangeStart, rangeCondition, rangeLow, rangeHigh } = values.program;
  for (let index = rangeStart[symbol]!; index < rangeStart[symbol + 1]!; index++) {
    const condition = rangeCondition[index]!;
    if (values.valueOf(condition) !== 0) return { condition, low: rangeLow[index]!, high: rangeHigh[index]! };
  }
  return undefined;
}

function boundOf(values: RangeValues, bound: number, type: number): bigint {
  values.calculate(bound);
  return boundNumber(values.program, values.text, bound, type);
}

/** The text of a number, or the bound that it is beyond: its text, or printed anew (sym_validate_range of C). */
export function clampText(values: RangeValues, symbol: number, type: number, keepsText: boolean): string {
  const text = values.text[symbol]!;
  const range = rangeOf(values, symbol);
  if (range === undefined) return text;
  const value = numberOf(type, text);
  let bound = range.low;
  let limit = boundOf(values, bound, type);
  if (value >= limit) {
    bound = range.high;
    limit = boundOf(values, bound, type);
    if (value <= limit) return text;
  }
  if (keepsText) return values.text[bound]!;
  return printBound(type, limit);
}

/** True where an int, hex or string symbol takes the text (sym_string_within_range of C). */
export function takesText(values: RangeValues, symbol: number, text: string): boolean {
  const type = values.program.types[symbol]!;
  if (type === Type.string) return true;
  if (!isNumber(type, text)) return false;
  const range = rangeOf(values, symbol);
  if (range === undefined) return true;
  const value = numberOf(type, text);
  return value >= boundOf(values, range.low, type) && value <= boundOf(values, range.high, type);
}
