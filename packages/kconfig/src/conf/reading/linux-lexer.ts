import type { Dialect } from "../../dialect/dialect.js";
import { MacroProcessor, type MacroContext } from "../../macro/expand.js";
import type { ConfVoice as Voice } from "../types.js";
import { endOfInput, endOfLine, operatorOf, ReadLexer, type ReadToken, type TokenKind } from "./lexer.js";
import { macroContextAt, type MacroReader, type MacroWorld } from "./macro-world.js";

/** The words of a file as Linux' tool cuts them since 4.18, its macros expanded (lexer.l of Linux). */
export class LinuxLexer extends ReadLexer implements MacroReader {
  readonly macros: MacroProcessor;
  readonly #dialect: Dialect;
  readonly #world: MacroWorld;
  /** Linux since 6.11 or so: messages name the file that is open, and its end is no end of a line. */
  readonly #modern: boolean;
  #last: TokenKind = "eol";
  #beforeLast: TokenKind = "eol";
  #assigns = false;
  #ended = false;

  constructor(path: string, text: string, voice: Voice, dialect: Dialect, world: MacroWorld) {
    super(path, text, voice);
    this.macros = new MacroProcessor(dialect.syntax.shellOutput);
    this.#dialect = dialect;
    this.#world = world;
    this.#modern = dialect.semantics.choice === "modern";
  }

  override get place(): string {
    return this.#modern ? `${this.path}:${this.statement.line}` : super.place;
  }

  override get sourceLine(): number {
    return this.#modern ? this.statement.line : super.sourceLine;
  }

  next(): ReadToken {
    const fresh = this.#last === "eol" || this.#last === "help-text";
    let token = this.#scan();
    while (fresh && token.kind === "eol") token = this.#scan();
    if (fresh) this.statement = { path: this.closed ? undefined : this.path, line: this.file.line };
    const { kind } = token;
    const operator = kind === "equal" || kind === "colon-equal" || kind === "plus-equal";
    if (this.#beforeLast === "eol" && this.#last === "word" && operator) this.#assigns = true;
    [this.#beforeLast, this.#last] = [this.#last, kind];
    return token;
  }

  /** Where macros are expanded now. */
  get macroContext(): MacroContext {
    return macroContextAt(this.file.path, this.file.line, this.#world, this.voice);
  }

  #scan(): ReadToken {
    if (this.inHelp) return this.help();
    for (;;) {
      if (this.file.at >= this.file.text.length) return this.#atEnd();
      const token = this.#assigns ? this.#assigned() : this.#step();
      if (token !== undefined) return token;
    }
  }

  #atEnd(): ReadToken {
    this.#assigns = false;
    if (this.#ended) return endOfInput;
    if (this.#last !== "eol" && this.#last !== "help-text") {
      this.voice.complain(`${this.path}:${this.file.line}:warning: no new line at end of file\n`);
    }
    if (this.leave()) return endOfLine;
    this.#ended = true;
    if (this.#modern) return endOfInput;
    this.closed = true;
    return endOfLine;
  }

  #assigned(): ReadToken | undefined {
    if (this.peek() === "\n") {
      this.#assigns = false;
      return this.newline();
    }
    const value = this.match(/[^ \t\n][^\n]*/y);
    this.file.at += value.length || 1;
    return value === "" ? undefined : { kind: "assigned", text: value };
  }

  #step(): ReadToken | undefined {
    const { file } = this;
    const character = this.peek();
    if (character === "\n") return this.newline();
    const passed = this.match(/[ \t]+|#[^\n]*/y);
    if (passed !== "") {
      file.at += passed.length;
      return undefined;
    }
    if (character === "\\" && this.peek(1) === "\n") {
      file.at += 2;
      file.line++;
      return undefined;
    }
    if (character === '"' || character === "'") {
      file.at++;
      return this.#string(character);
    }
    const word = this.match(/[A-Za-z0-9_$-]+/y);
    if (word !== "") return this.#word(word);
    const operator = operatorOf(character + this.peek(1), () => true);
    if (operator === undefined) {
      this.ignore(character, `${this.path}:${file.line}`);
      file.at++;
      return undefined;
    }
    file.at += operator.text.length;
    return operator;
  }

  #word(word: string): ReadToken | undefined {
    if (!word.includes("$")) {
      this.file.at += word.length;
      const kind = word === "on" ? word : this.#dialect.syntax.keywords[word];
      return { kind: kind ?? "word", text: word };
    }
    let text = "";
    for (;;) {
      const plain = this.match(/[A-Za-z0-9_-]+/y);
      this.file.at += plain.length;
      text += plain;
      if (this.peek() !== "$") return text === "" ? undefined : { kind: "word", text };
      text += this.reference(this);
    }
  }

  #string(quote: string): ReadToken {
    const { file } = this;
    let text = "";
    for (;;) {
      const character = this.peek();
      if (character === "") return { kind: "quoted", text };
      if (character === "\n") {
        this.voice.complain(`${this.place}:warning: multi-line strings not supported\n`);
        return { kind: "quoted", text };
      }
      if (character === "$") {
        text += this.reference(this);
        continue;
      }
      const piece = this.match(/\\[^\n]?|['"]|[^$'"\\\n]+/y);
      file.at += piece.length;
      if (piece === quote) return { kind: "quoted", text };
      text += character === "\\" ? piece.slice(1) : piece;
    }
  }
}
