import type { Span } from "./ast.js";

/** Where a help text ends: offset of the first line after it, and how many lines it has. */
export interface HelpEnd {
  readonly end: number;
  readonly lines: number;
}

/**
 * Finds the end of the help text that starts at `from`: before the first line that is indented less than the text's
 * first line, or that starts in column 1. The first line belongs to the text however it is indented, as in C.
 */
export function findHelpEnd(text: string, from: number): HelpEnd {
  let at = from;
  let lines = 0;
  let indent = 0;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const content = skipBlanks(text, at, end);
    if (content < end) {
      if (lines > 0 && content === at) return { end: at, lines };
      const columns = columnsOf(text, at, content);
      if (indent > 0 && columns < indent) return { end: at, lines };
      if (indent === 0) indent = columns;
    }
    lines++;
    at = newline < 0 ? text.length : newline + 1;
  }
  return { end: text.length, lines };
}

/** The help text of a `help` option without its indentation and trailing blanks, lines separated by `\n`. */
export function helpText(text: string, body: Span): string {
  const result: string[] = [];
  let indent = 0;
  const lines = text.slice(body.start, body.end).split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    const content = skipBlanks(line, 0, line.length);
    if (content === line.length) {
      result.push("");
      continue;
    }
    const columns = columnsOf(line, 0, content);
    if (indent === 0) indent = columns;
    result.push(" ".repeat(Math.max(0, columns - indent)) + line.slice(content).trimEnd());
  }
  return result.join("\n").trimEnd();
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === " " || text[at] === "\t" || text[at] === "\r")) at++;
  return at;
}

/** Columns up to `end`, tabs to the next multiple of eight. */
function columnsOf(text: string, from: number, end: number): number {
  let columns = 0;
  for (let at = from; at < end; at++) columns = text[at] === "\t" ? (columns & ~7) + 8 : columns + 1;
  return columns;
}
