import { InvalidArgumentError } from "commander";

/** The values of an option that may be given more than once. */
export function collect(value: string, previous?: readonly string[]): readonly string[] {
  return [...(previous ?? []), value];
}

/** The value of an option that counts something. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It takes a whole number from 1.");
  return value;
}
