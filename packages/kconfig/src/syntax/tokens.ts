/** Kinds of tokens; numbers, since the lexer writes them into arrays. */
export const Token = {
  word: 1,
  quoted: 2,
  and: 3,
  or: 4,
  not: 5,
  open: 6,
  close: 7,
  equal: 8,
  unequal: 9,
  less: 10,
  lessEqual: 11,
  greater: 12,
  greaterEqual: 13,
  colonEqual: 14,
  plusEqual: 15,
} as const;

export type TokenKind = (typeof Token)[keyof typeof Token];

/** The tokens of one logical line, in arrays that are used again for every line. */
export interface TokenLine {
  readonly kinds: TokenKind[];
  readonly starts: number[];
  readonly ends: number[];
  count: number;
  /** Offset after the line's end, continued lines included. */
  end: number;
  /** How many line ends the logical line has. */
  lines: number;
}

export function createTokenLine(): TokenLine {
  return { kinds: [], starts: [], ends: [], count: 0, end: 0, lines: 0 };
}
