import type * as Token from "./token-kinds.js";

export type TokenKind = (typeof Token)[keyof typeof Token];

/** The tokens of one logical line, in arrays that are used again for every line. */
export interface TokenLine {
  readonly kinds: TokenKind[];
  readonly starts: number[];
  readonly ends: number[];
  /** Of words without macros, what `Names` wants to know. */
  readonly hashes: number[];
  count: number;
  /** Offset after the line's end, continued lines included. */
  end: number;
  /** How many line ends the logical line has. */
  lines: number;
}

export function createTokenLine(): TokenLine {
  return { kinds: [], starts: [], ends: [], hashes: [], count: 0, end: 0, lines: 0 };
}
