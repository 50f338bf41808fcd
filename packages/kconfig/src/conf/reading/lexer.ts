import type { Keyword } from "../../dialect/dialect.js";
import { closingParenthesis } from "../../macro/expand.js";
import type { ConfVoice as Voice } from "../types.js";
import type { MacroReader } from "./macro-world.js";

/** What C's lexers tell apart: keywords by their meaning, words, strings, operators, ends. */
export type TokenKind =
  | Keyword
  | "on"
  | "word"
  | "quoted"
  | "assigned"
  | "help-text"
  | "and"
  | "or"
  | "not"
  | "open"
  | "close"
  | "compare"
  | "equal"
  | "colon-equal"
  | "plus-equal"
  | "eol"
  | "end";

export interface ReadToken {
  readonly kind: TokenKind;
  /** The word or string; of all else how it is spelled. */
  readonly text: string;
}

/** A file under way. */
export interface OpenFile {
  readonly path: string;
  readonly text: string;
  at: number;
  /** The line that is read, from 1. */
  line: number;
  /** The line of the statement that sources another file. */
  sourceLine: number;
}

/** Ends the reading at once, as exit(1) does. */
export class ReadingStopped extends Error {}

/** What the lexers of all tools have in common: the files that are open, and the place that messages name. */
export abstract class ReadLexer {
  /** The files that are open, the innermost last. */
  readonly files: OpenFile[];
  readonly voice: Voice;
  /** Where the statement at hand began, as the parser knows it. */
  statement: { path: string | undefined; line: number } = { path: undefined, line: 0 };
  protected file: OpenFile;
  protected inHelp = false;
  /** True where the older tools have closed the first file too. */
  protected closed = false;

  constructor(path: string, text: string, voice: Voice) {
    this.file = { path, text, at: 0, line: 1, sourceLine: 0 };
    this.files = [this.file];
    this.voice = voice;
  }

  abstract next(): ReadToken;

  /** The file that is read; empty behind the last one. */
  get path(): string {
    return this.closed ? "" : this.file.path;
  }

  /** `FILE:LINE` as the messages of the parser have it. */
  get place(): string {
    return `${this.statement.path ?? "<none>"}:${this.statement.line}`;
  }

  /** The line that the tool names where a file is sourced that is open already. */
  get sourceLine(): number {
    return this.file.line - 1;
  }

  /** Reads another file before the rest of this one. */
  enter(path: string, text: string): void {
    this.file.sourceLine = this.sourceLine;
    this.file = { path, text, at: 0, line: 1, sourceLine: 0 };
    this.files.push(this.file);
  }

  /** What comes next is a help text. */
  startHelp(): void {
    this.inHelp = true;
  }

  /** Goes back to the file that sourced this one; false where there is none. */
  protected leave(): boolean {
    if (this.files.length < 2) return false;
    this.files.pop();
    this.file = this.files.at(-1)!;
    return true;
  }

  protected peek(offset = 0): string {
    return this.file.text[this.file.at + offset] ?? "";
  }

  /** What the dollar sign here and the parenthesis behind it stand for; one that is not closed ends the reading. */
  protected reference(reader: MacroReader): string {
    const { file } = this;
    file.at++;
    if (this.peek() !== "(") return "$";
    const rest = this.match(/[^\n]*/y);
    const end = closingParenthesis(rest, 1);
    const reference = end === undefined ? rest : rest.slice(0, end + 1);
    file.at += reference.length;
    return reader.macros.expand(`$${reference}`, reader.macroContext);
  }

  /** What a pattern (sticky) finds here; nothing is taken. */
  protected match(pattern: RegExp): string {
    pattern.lastIndex = this.file.at;
    return pattern.exec(this.file.text)?.[0] ?? "";
  }

  protected ignore(character: string, place: string): void {
    this.voice.complain(`${place}:warning: ignoring unsupported character '${character}'\n`);
  }

  protected newline(): ReadToken {
    this.file.at++;
    this.file.line++;
    return endOfLine;
  }

  /** Called with each piece of a help text. */
  protected helpPiece(_piece: string): void {}

  /** A help text up to the line that is not indented as its first one. */
  protected help(): ReadToken {
    const { file } = this;
    const from = file.at;
    let [first, last] = [0, 0];
    this.inHelp = false;
    for (;;) {
      const blanks = this.match(/[ \t]*/y);
      const behind = file.text[file.at + blanks.length];
      if (behind === "\n") {
        file.at += blanks.length + 1;
        file.line++;
        const next = file.text[file.at];
        if (next !== undefined && next !== " " && next !== "\t" && next !== "\n") break;
        continue;
      }
      file.at += blanks.length;
      if (blanks !== "") {
        last = columnsOf(blanks);
        if (first > 0 && last < first) break;
      }
      if (behind === undefined) break;
      const piece = this.match(/[^\n]*/y);
      this.helpPiece(piece);
      file.at += piece.length;
      first ||= last;
    }
    return { kind: "help-text", text: file.text.slice(from, file.at) };
  }
}

export const endOfLine: ReadToken = { kind: "eol", text: "\n" };
export const endOfInput: ReadToken = { kind: "end", text: "" };

const operators: Readonly<Record<string, TokenKind>> = {
  "&&": "and",
  "||": "or",
  "!": "not",
  "(": "open",
  ")": "close",
  "=": "equal",
  "!=": "compare",
  "<": "compare",
  "<=": "compare",
  ">": "compare",
  ">=": "compare",
  ":=": "colon-equal",
  "+=": "plus-equal",
};

/** The operator at the start of a text, the longest one that `known` has. */
export function operatorOf(text: string, known: (spelling: string) => boolean): ReadToken | undefined {
  for (const spelling of [text.slice(0, 2), text.slice(0, 1)]) {
    if (Object.hasOwn(operators, spelling) && known(spelling)) return { kind: operators[spelling]!, text: spelling };
  }
  return undefined;
}

function columnsOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns = blank === "\t" ? (columns & ~7) + 8 : columns + 1;
  return columns;
}
