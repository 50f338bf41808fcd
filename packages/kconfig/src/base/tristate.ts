/** The three values of Kconfig logic as numbers: AND is the minimum, OR the maximum, NOT is `2 - value`. */
export type Tristate = 0 | 1 | 2;
export const NO = 0 as const;
export const MOD = 1 as const;
export const YES = 2 as const;

/** The spelling in a .config. */
export type TristateText = "n" | "m" | "y";

const texts = ["n", "m", "y"] as const;

export function tristateText(value: Tristate): TristateText {
  return texts[value];
}

/** `undefined` for everything but the exact texts `n`, `m` and `y`. */
export function parseTristate(text: string): Tristate | undefined {
  return text === "y" ? YES : text === "m" ? MOD : text === "n" ? NO : undefined;
}
