/** True for the texts that an int symbol takes: digits without leading zeros, perhaps a minus. */
export function isDecimal(text: string): boolean {
  return /^-?(0|[1-9][0-9]*)$/.test(text);
}

/** True for the texts that a hex symbol takes: hexadecimal digits, perhaps after 0x. */
export function isHexadecimal(text: string): boolean {
  return /^(0[xX])?[0-9a-fA-F]+$/.test(text);
}

const LONG_MAX = 0x7fffffffffffffffn;
const LONG_MIN = -0x8000000000000000n;
const UNSIGNED_MAX = 0xffffffffffffffffn;

/** A number at the start of a text, as C's strtoll and strtoull read it. */
export interface ParsedNumber {
  readonly value: bigint;
  /** How much of the text was read; 0 where there is no number. */
  readonly length: number;
  readonly overflow: boolean;
}

/** Reads a number of base 10 or 16; base 0 goes by the prefix: `0x` sixteen, `0` eight, else ten. */
export function parseNumber(text: string, base: 0 | 10 | 16, unsigned = false): ParsedNumber {
  const patterns = {
    0: /^\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))/,
    10: /^\s*([+-]?)(?:()()([0-9]+))/,
    16: /^\s*([+-]?)(?:(?:0[xX](?=[0-9a-fA-F]))?([0-9a-fA-F]+))/,
  };
  const match = patterns[base].exec(text);
  if (match === null) return { value: 0n, length: 0, overflow: false };
  const [whole, sign, hexadecimal, octal, decimal] = match;
  const digits = hexadecimal ? `0x${hexadecimal}` : octal ? `0o0${octal}` : decimal!;
  const magnitude = BigInt(digits);
  let value = sign === "-" ? -magnitude : magnitude;
  const overflow = unsigned ? magnitude > UNSIGNED_MAX : value > LONG_MAX || value < LONG_MIN;
  if (overflow) value = unsigned ? UNSIGNED_MAX : value > 0n ? LONG_MAX : LONG_MIN;
  else if (unsigned) value = BigInt.asUintN(64, value);
  return { value, length: whole.length, overflow };
}
