/** Kinds of tokens; numbers, since the lexer writes them into arrays, and constants, so that bundlers put them in their place. */
export const word = 1;
export const quoted = 2;
export const not = 3;
export const open = 4;
export const close = 5;
export const equal = 6;
export const less = 7;
export const greater = 8;
// from here on operators of two characters
export const and = 9;
export const or = 10;
export const unequal = 11;
export const lessEqual = 12;
export const greaterEqual = 13;
export const colonEqual = 14;
export const plusEqual = 15;
