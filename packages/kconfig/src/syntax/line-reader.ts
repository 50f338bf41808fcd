import type { Report } from "../base/diagnostics.js";
import type { DialectSyntax, Keyword } from "../dialect/dialect.js";
import type { WordNode } from "./ast.js";
import { isClosed, readTokens } from "./lexer.js";
import type { Names } from "./names.js";
import * as Token from "./token-kinds.js";
import { createTokenLine, type TokenKind } from "./tokens.js";

const keywordMaps = new WeakMap<DialectSyntax, ReadonlyMap<string, Keyword>>();

function keywordsOf(syntax: DialectSyntax): ReadonlyMap<string, Keyword> {
  let map = keywordMaps.get(syntax);
  if (map === undefined) {
    map = new Map(Object.entries(syntax.keywords));
    keywordMaps.set(syntax, map);
  }
  return map;
}

/** Those of the line at hand: files are read one after the other, and each line has its tokens taken before the next. */
const tokenLine = createTokenLine();

/** Reads a file line by line and hands out the tokens of the line at hand. */
export class LineReader {
  readonly text: string;
  readonly syntax: DialectSyntax;
  readonly report: Report;
  /** Offset of the line at hand. */
  start = 0;
  /** Number of the line at hand, from 1. */
  line = 0;
  readonly #tokens = tokenLine;
  readonly #keywords: ReadonlyMap<string, Keyword>;
  readonly #names: Names;
  readonly #hasNul: boolean;
  #index = 0;
  #next = 0;
  #nextLine = 1;

  constructor(text: string, syntax: DialectSyntax, report: Report, names: Names) {
    this.text = text;
    this.#hasNul = text.includes("\0");
    this.#names = names;
    this.syntax = syntax;
    this.report = report;
    this.#keywords = keywordsOf(syntax);
    this.#tokens.count = 0;
  }

  /** Moves to the next line that has a token; false at the end of the text. */
  advance(): boolean {
    const tokens = this.#tokens;
    while (this.#next < this.text.length) {
      this.start = this.#next;
      this.line = this.#nextLine;
      readTokens(this.text, this.#next, tokens, this.syntax, this.report);
      this.#next = tokens.end;
      this.#nextLine += tokens.lines;
      this.#index = 0;
      if (tokens.count > 0) return true;
    }
    this.start = this.text.length;
    return false;
  }

  /** Offset after the line at hand. */
  get end(): number {
    return this.#next;
  }

  /** Goes on at `offset`, the start of a line `lines` lines further down. */
  jump(offset: number, lines: number): void {
    this.#next = offset;
    this.#nextLine += lines;
  }

  /** The kind of the token at hand, `undefined` after the last one. */
  get kind(): TokenKind | undefined {
    return this.#index < this.#tokens.count ? this.#tokens.kinds[this.#index] : undefined;
  }

  /** The kind of the token after the one at hand. */
  get nextKind(): TokenKind | undefined {
    return this.#index + 1 < this.#tokens.count ? this.#tokens.kinds[this.#index + 1] : undefined;
  }

  /** Offset of the token at hand, of the line's end after the last one. */
  get offset(): number {
    if (this.#index < this.#tokens.count) return this.#tokens.starts[this.#index]!;
    return this.#index > 0 ? this.#tokens.ends[this.#index - 1]! : this.start;
  }

  skip(): void {
    this.#index++;
  }

  accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.#index++;
    return true;
  }

  /** The keyword that the token at hand is in this dialect. */
  keyword(): Keyword | undefined {
    return this.kind === Token.word ? this.#keywords.get(this.#word(this.#index)) : undefined;
  }

  /** The token at hand as written. */
  spelling(): string {
    const index = Math.min(this.#index, this.#tokens.count - 1);
    return this.text.slice(this.#tokens.starts[index], this.#tokens.ends[index]);
  }

  /** True, and past it, where the token at hand is the bare word `word`. */
  acceptWord(word: string): boolean {
    if (this.kind !== Token.word || this.#word(this.#index) !== word) return false;
    this.#index++;
    return true;
  }

  /** The word or string at hand; reports what was `wanted` where there is neither. */
  word(wanted: string): WordNode | undefined {
    const kind = this.kind;
    if (kind !== Token.word && kind !== Token.quoted) {
      this.unexpected(wanted);
      return undefined;
    }
    const index = this.#index++;
    const start = this.#tokens.starts[index]!;
    const end = this.#tokens.ends[index]!;
    if (kind === Token.word) {
      const text = this.#word(index);
      if (this.#isKeyword(text)) {
        this.#index--;
        this.unexpected(wanted);
        return undefined;
      }
      return { kind: "word", start, end, text, quoted: false, macro: this.syntax.macros && text.includes("$") };
    }
    const closed = isClosed(this.text, start, end);
    let inner = this.text.slice(start + 1, closed ? end - 1 : end);
    // To C the text ends there.
    if (this.#hasNul) inner = inner.replace(/\0.*/s, "");
    const macro = this.syntax.macros && inner.includes(this.syntax.plainVariables ? "$" : "$(");
    // A macro's arguments keep their backslashes: they are taken off where the macro is expanded.
    const text = macro || !inner.includes("\\") ? inner : inner.replace(/\\(.?)/g, "$1");
    return { kind: "word", start, end, text, quoted: true, macro };
  }

  /** True for words that mean something and cannot name anything; all of them are in small letters. */
  #isKeyword(word: string): boolean {
    if (word.charCodeAt(0) < 97 || word.length < 2) return false;
    return word === "if" || word === "on" || (this.syntax.reservedWords && this.#keywords.has(word));
  }

  #word(index: number): string {
    const { starts, ends, hashes } = this.#tokens;
    return this.#names.cut(this.text, starts[index]!, ends[index]!, hashes[index]!);
  }

  /** Reports what stands here in place of what was `wanted`. */
  unexpected(wanted: string): void {
    const found = this.kind === undefined ? "the end of the line" : JSON.stringify(this.spelling());
    this.report("unexpected-token", this.offset, `Found ${found} where ${wanted} should be.`);
  }

  /** Reports what is left on the line; false where something was. */
  expectEnd(): boolean {
    if (this.kind === undefined) return true;
    this.unexpected("the end of the line");
    return false;
  }
}
