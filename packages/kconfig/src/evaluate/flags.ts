/** What a symbol is beside its type, as bits of `Program.flags`: constants, so that bundlers put the numbers in their place. */
export const choice = 1;
export const noWrite = 2;
export const transitional = 4;
