import * as Kind from "../expression/kinds.js";
import { parseNumber } from "../base/numbers.js";
import * as Type from "./types.js";

type Parsed = { readonly value: bigint; readonly unsigned: boolean } | undefined;

/**
 * The order of two values as C compares them: as numbers where both read as such, else byte by byte. Negative, zero or
 * positive. Types are those of the symbols; a constant has none and reads by its prefix.
 */
export function compareValues(left: string, leftType: number, right: string, rightType: number): number {
  if (leftType !== Type.string || rightType !== Type.string) {
    const one = parseValue(left, leftType);
    const other = parseValue(right, rightType);
    if (one !== undefined && other !== undefined) {
      const unsigned = one.unsigned || other.unsigned;
      const a = unsigned ? BigInt.asUintN(64, one.value) : one.value;
      const b = unsigned ? BigInt.asUintN(64, other.value) : other.value;
      return a < b ? -1 : a > b ? 1 : 0;
    }
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

function parseValue(text: string, type: number): Parsed {
  if (type === Type.bool || type === Type.tristate) {
    return { value: BigInt(text === "n" ? 0 : text === "m" ? 1 : text === "y" ? 2 : -1), unsigned: false };
  }
  const unsigned = type === Type.hex;
  const base = type === Type.int ? 10 : unsigned ? 16 : 0;
  const { value, length, overflow } = parseNumber(text, base, unsigned);
  if (overflow || length === 0 || length !== text.length) return undefined;
  return { value, unsigned };
}

/** Whether a comparison holds, by the order of what it compares. */
export function holds(kind: number, order: number): boolean {
  switch (kind) {
    case Kind.equal:
      return order === 0;
    case Kind.unequal:
      return order !== 0;
    case Kind.less:
      return order < 0;
    case Kind.lessEqual:
      return order <= 0;
    case Kind.greater:
      return order > 0;
    default:
      return order >= 0;
  }
}
