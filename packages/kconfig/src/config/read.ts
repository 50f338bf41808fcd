import { quoteValue, readConfigLine, unquoteValue } from "./line.js";

/** One assignment of a .config, defconfig or fragment. */
export interface ConfigAssignment {
  /** The symbol's name without the dialect's prefix. */
  readonly name: string;
  /** The value without quotes; `n` for `# NAME is not set`. */
  readonly value: string;
  /** `unset` for `# NAME is not set`, `set` for `NAME=value`. */
  readonly kind: "set" | "unset";
  /** Whether the value stood in quotes. */
  readonly quoted: boolean;
  /** The line, from 1. */
  readonly line: number;
}

/** How to read a .config without a tree: what stands before each name. */
export type ConfigFormat =
  | { readonly prefix: string }
  | {
      /** Any dialect value serves; its `prefix` is what counts. */
      readonly dialect: { readonly prefix: string };
    };

export function prefixOf(format: ConfigFormat): string {
  return "prefix" in format ? format.prefix : format.dialect.prefix;
}

/** An assignment as a line of a .config, with its line end. */
export function assignmentLine(assignment: ConfigAssignment, format: ConfigFormat): string {
  const name = prefixOf(format) + assignment.name;
  if (assignment.kind === "unset") return `# ${name} is not set\n`;
  return `${name}=${assignment.quoted ? quoteValue(assignment.value) : assignment.value}\n`;
}

/**
 * The assignments of `text` in the order in which they stand, repeated ones included (the last of a name wins in the C
 * tools). Comments and lines that the C tool ignores are left out; a quoted value whose closing quote is missing is kept
 * as it stands, with `quoted: false`.
 */
export function readConfig(text: string, format: ConfigFormat): ConfigAssignment[] {
  const prefix = prefixOf(format);
  const assignments: ConfigAssignment[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const content = readConfigLine(text.slice(start, end), prefix);
    line++;
    if (content.kind === "set") {
      const unquoted = unquoteValue(content.raw);
      const value = unquoted ?? content.raw;
      assignments.push({ name: content.name, value, kind: "set", quoted: unquoted !== undefined, line });
    } else if (content.kind === "unset") {
      assignments.push({ name: content.name, value: "n", kind: "unset", quoted: false, line });
    }
    start = end + 1;
  }
  return assignments;
}
