/** Kinds of expressions: constants, so that bundlers put the numbers in their place. */
export const none = 0;
export const symbol = 1;
export const not = 2;
export const and = 3;
export const or = 4;
export const equal = 5;
export const unequal = 6;
export const less = 7;
export const lessEqual = 8;
export const greater = 9;
export const greaterEqual = 10;
