import { readConfig } from "@ipa-br/kconfig";

/** A string in .config's notation. */
export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** One assignment, its value in .config's notation: `y`, `n`, `12`, `"text"`. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The assignments of a Buildroot .config, defconfig or fragment; Buildroot's names have no prefix. */
export function readAssignments(text: string): Assignment[] {
  return readConfig(text, { prefix: "" }).map(({ name, value, kind, quoted, line }) => ({
    name,
    value: kind === "set" && quoted ? quote(value) : value,
    line,
  }));
}

/** The values of a finished .config by name. */
export function readValues(text: string): Map<string, string> {
  return new Map(readAssignments(text).map(({ name, value }) => [name, value]));
}

/** A string symbol's value without its quotes; undefined if it is not there or empty. */
export function stringValue(values: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = values.get(name);
  return (value === undefined ? undefined : unquote(value)) || undefined;
}

/** The text of a value in quotes; undefined for one without. */
export function unquote(value: string): string | undefined {
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, "$1") : undefined;
}

/** A value as Kconfig's functions take it: without quotes. */
export function plain(value: string): string {
  return unquote(value) ?? value;
}
