import type { Span } from "./ast.js";

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;

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
  const { length } = text;
  let at = from;
  let lines = 0;
  let indent = 0;
  while (at < length) {
    let content = at;
    let columns = 0;
    let code = text.charCodeAt(content);
    while (code === SPACE || code === TAB || code === RETURN) {
      columns = code === TAB ? (columns & ~7) + 8 : columns + 1;
      code = text.charCodeAt(++content);
    }
    if (content < length && code !== NEWLINE) {
      if (lines > 0 && (content === at || columns < indent)) return { end: at, lines };
      if (indent === 0) indent = columns;
      content = text.indexOf("\n", content);
      if (content < 0) content = length;
    }
    lines++;
    at = content + 1;
  }
  return { end: length, lines };
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
