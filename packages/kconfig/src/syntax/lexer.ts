import type { Report } from "../base/diagnostics.js";
import type { DialectSyntax } from "../dialect/dialect.js";
import { addToHash } from "./names.js";
import * as Token from "./token-kinds.js";
import type { TokenKind, TokenLine } from "./tokens.js";

const NEWLINE = 10;
const BACKSLASH = 92;
const DOLLAR = 36;
const QUOTE = 34;
const APOSTROPHE = 39;
const EQUALS = 61;

/** Classes of ASCII characters: 1 blank, 2 letter, digit, `_` or `-`, 3 `/` or `.`; 0 all else. */
const classes = new Uint8Array(128);
for (const character of " \t\r") classes[character.charCodeAt(0)] = 1;
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") {
  classes[character.charCodeAt(0)] = 2;
}
classes[47] = 3;
classes[46] = 3;

/**
 * Cuts the logical line that starts at `from` into tokens. Comments and blanks give none; a backslash before the line
 * end continues the line outside of comments. Sources: zconf.l of Buildroot, lexer.l of Linux.
 */
export function readTokens(text: string, from: number, line: TokenLine, syntax: DialectSyntax, report: Report): void {
  line.count = 0;
  line.lines = 1;
  const length = text.length;
  let at = from;
  // Paths may be bare words from the second word of a line on.
  let wordLimit = 2;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? classes[code]! : 0;
    if (code === NEWLINE) {
      line.end = at + 1;
      return;
    }
    if (kind === 1) {
      at++;
      continue;
    }
    if ((kind >= 2 && kind <= wordLimit) || (code === DOLLAR && syntax.macros)) {
      let end = at;
      let hash = 0;
      for (;;) {
        const next = text.charCodeAt(end);
        if (next < 128 && classes[next]! >= 2 && classes[next]! <= wordLimit) {
          hash = addToHash(hash, next);
          end++;
        } else if (next === DOLLAR && syntax.macros) end = macroEnd(text, end, report);
        else break;
      }
      push(line, Token.word, at, end, hash);
      if (syntax.pathWords) wordLimit = 3;
      at = end;
      continue;
    }
    if (code === 35) {
      const newline = text.indexOf("\n", at);
      line.end = newline < 0 ? length : newline + 1;
      return;
    }
    // The older tools look for a word here and pass over whatever else there is.
    if (line.count === 0 && syntax.pathWords && !syntax.plainVariables) {
      reportIgnored(text, at++, report);
      continue;
    }
    if (code === BACKSLASH && isNewline(text, at + 1, syntax)) {
      at = text.indexOf("\n", at) + 1;
      line.lines++;
      continue;
    }
    if (code === QUOTE || code === APOSTROPHE) {
      const end = stringEnd(text, at, code, syntax.macros, report);
      if (!vanishes(text, at, end, syntax)) push(line, Token.quoted, at, end);
      at = end;
      continue;
    }
    at = readOperator(text, at, code, line, syntax, report);
    if (syntax.macros && line.count === 2 && isAssignment(line)) {
      // The value runs to the line's end and is no sequence of tokens.
      const newline = text.indexOf("\n", at);
      at = newline < 0 ? length : newline;
    }
  }
  line.end = length;
}

function isAssignment({ kinds }: TokenLine): boolean {
  const operator = kinds[1];
  const assigns = operator === Token.equal || operator === Token.colonEqual || operator === Token.plusEqual;
  return assigns && kinds[0] === Token.word;
}

function push(line: TokenLine, kind: TokenKind, start: number, end: number, hash = 0): void {
  const index = line.count++;
  line.hashes[index] = hash;
  line.kinds[index] = kind;
  line.starts[index] = start;
  line.ends[index] = end;
}

/** The C tools know no line ends but those of Unix. */
function isNewline(text: string, at: number, { plainVariables }: DialectSyntax): boolean {
  const code = text.charCodeAt(at);
  return code === NEWLINE || (plainVariables && code === 13 && text.charCodeAt(at + 1) === NEWLINE);
}

/** The offset after `$` or after the parenthesis that closes `$(`. */
function macroEnd(text: string, dollar: number, report: Report): number {
  if (text[dollar + 1] !== "(") return dollar + 1;
  let nested = 0;
  for (let at = dollar + 2; at < text.length && text.charCodeAt(at) !== NEWLINE; at++) {
    const character = text[at];
    if (character === "(") nested++;
    else if (character === ")" && nested-- === 0) return at + 1;
  }
  report(
    "macro-unterminated",
    dollar,
    "The reference $( has no closing parenthesis on its line.",
    "Add the missing ).",
  );
  const newline = text.indexOf("\n", dollar);
  return newline < 0 ? text.length : newline;
}

/** The offset after the closing quote; at the line's end where it is missing. */
function stringEnd(text: string, from: number, quote: number, macros: boolean, report: Report): number {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === NEWLINE) break;
    if (code === DOLLAR && macros) at = macroEnd(text, at, report);
    else if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at += 2;
    else at++;
  }
  report(
    "unterminated-string",
    from,
    "The string has no closing quote on its line.",
    "Strings end on the line on which they start.",
  );
  return Math.min(at, text.length);
}

/** True where a string, as it was cut out of the text, has its closing quote. */
export function isClosed(text: string, start: number, end: number): boolean {
  if (end - start < 2 || text.charCodeAt(end - 1) !== text.charCodeAt(start)) return false;
  return !isEscaped(text, start, end - 1);
}

function isEscaped(text: string, start: number, at: number): boolean {
  let from = at;
  while (from - 1 > start && text.charCodeAt(from - 1) === BACKSLASH) from--;
  return (at - from) % 2 === 1;
}

/**
 * True where the older tools lose a string: it has no closing quote, and the file ends there, or its last character is
 * none that they hand out at the line's end.
 */
function vanishes(text: string, start: number, end: number, { pathWords, plainVariables }: DialectSyntax): boolean {
  if (!pathWords || plainVariables || isClosed(text, start, end)) return false;
  if (end === text.length) return true;
  const last = text.charCodeAt(end - 1);
  return end - 1 === start || ((last === QUOTE || last === APOSTROPHE) && !isEscaped(text, start, end - 1));
}

/** Which operator starts with this character, by whether the next one makes it a longer one; 0 for none. */
function operatorAt(code: number, next: number): TokenKind | 0 {
  switch (code) {
    case 38:
      return next === 38 ? Token.and : 0;
    case 124:
      return next === 124 ? Token.or : 0;
    case 33:
      return next === EQUALS ? Token.unequal : Token.not;
    case 40:
      return Token.open;
    case 41:
      return Token.close;
    case EQUALS:
      return Token.equal;
    case 60:
      return next === EQUALS ? Token.lessEqual : Token.less;
    case 62:
      return next === EQUALS ? Token.greaterEqual : Token.greater;
    case 58:
      return next === EQUALS ? Token.colonEqual : 0;
    case 43:
      return next === EQUALS ? Token.plusEqual : 0;
    default:
      return 0;
  }
}

function readOperator(
  text: string,
  at: number,
  code: number,
  line: TokenLine,
  { ordering }: DialectSyntax,
  report: Report,
): number {
  const isOrder = code === 60 || code === 62;
  const kind = isOrder && !ordering ? 0 : operatorAt(code, text.charCodeAt(at + 1));
  const end = at + (kind < Token.and ? 1 : 2);
  if (kind === 0) reportIgnored(text, at, report);
  else push(line, kind, at, end);
  return end;
}

function reportIgnored(text: string, at: number, report: Report): void {
  if (text.charCodeAt(at) === 0) {
    report("nul-byte", at, "A NUL byte is ignored.", "This is no Kconfig file, or it is damaged.");
  } else report("unknown-character", at, `The character ${JSON.stringify(text[at])} is ignored.`);
}
