/** Types of symbols as small numbers: constants, so that bundlers put the numbers in their place. */
export const unknown = 0;
export const bool = 1;
export const tristate = 2;
export const int = 3;
export const hex = 4;
export const string = 5;
