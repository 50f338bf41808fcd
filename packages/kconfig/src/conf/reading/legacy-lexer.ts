import type { DialectSyntax } from "../../dialect/dialect.js";
import { MacroProcessor, type MacroContext } from "../../macro/expand.js";
import type { ConfVoice as Voice } from "../types.js";
import { endOfInput, endOfLine, operatorOf, ReadLexer, type ReadToken } from "./lexer.js";
import { macroContextAt, type MacroReader, type MacroWorld } from "./macro-world.js";

/** C has a buffer of so many characters for a piece of a text that BusyBox' tool finds long. */
const longPiece = 70;

/**
 * The words of a file as the tools of Linux 4.17 and before cut them: the first word of a line is a command, what follows
 * may be a path (zconf.l of Buildroot, of BusyBox, and with macros of U-Boot).
 */
export class LegacyLexer extends ReadLexer implements MacroReader {
  readonly macros: MacroProcessor;
  readonly #world: MacroWorld | undefined;
  readonly #syntax: DialectSyntax;
  /** BusyBox: other words, and nothing is said about characters that mean nothing. */
  readonly #early: boolean;
  #state: "start" | "command" | "parameter" | "string" | "assigned" = "start";
  #quote = "";
  #text = "";

  /** `world`: for the tools that have macros. */
  constructor(path: string, text: string, voice: Voice, syntax: DialectSyntax, early: boolean, world?: MacroWorld) {
    super(path, text, voice);
    this.macros = new MacroProcessor(syntax.shellOutput);
    this.#world = world;
    this.#syntax = syntax;
    this.#early = early;
  }

  get macroContext(): MacroContext {
    return macroContextAt(this.file.path, this.file.line, this.#world!, this.voice);
  }

  next(): ReadToken {
    if (this.inHelp) {
      this.#state = "start";
      return this.help();
    }
    for (;;) {
      const token = this.#step();
      if (token !== undefined) return token;
    }
  }

  protected override helpPiece(piece: string): void {
    this.#measure(piece);
  }

  #step(): ReadToken | undefined {
    if (this.file.at >= this.file.text.length) return this.#atEnd();
    if (this.#state === "start") return this.#start();
    if (this.#state === "command") return this.#world === undefined ? this.#command() : this.#commandOrVariable();
    if (this.#state === "assigned") return this.#assigned();
    return this.#state === "parameter" ? this.#parameter() : this.#string();
  }

  #atEnd(): ReadToken | undefined {
    if (this.#state === "parameter" || this.#state === "string") {
      this.#state = "start";
      return undefined;
    }
    if (this.closed) return endOfInput;
    if (!this.leave()) this.closed = true;
    return endOfLine;
  }

  #start(): ReadToken | undefined {
    const { file } = this;
    const line = this.match(/[ \t]*(?:#[^\n]*)?\n/y);
    if (line !== "") {
      file.at += line.length;
      file.line++;
      return endOfLine;
    }
    const rest = this.match(/[ \t]*#[^\n]*/y);
    if (rest === "") {
      file.at += this.match(/[ \t]*/y).length;
      this.#state = "command";
    } else file.at += rest.length;
    return undefined;
  }

  #command(): ReadToken | undefined {
    const { file } = this;
    const word = this.match(this.#early ? /[A-Za-z0-9_]+/y : /[A-Za-z0-9_-]+/y);
    if (word !== "") {
      file.at += word.length;
      this.#state = "parameter";
      this.statement = { path: file.path, line: file.line };
      return { kind: this.#syntax.keywords[word] ?? "word", text: word };
    }
    if (this.peek() !== "\n") return this.#skip();
    this.#state = "start";
    return this.newline();
  }

  #commandOrVariable(): ReadToken | undefined {
    const { file } = this;
    const word = this.match(/[A-Za-z0-9_$-]+/y);
    if (word.includes("$")) return this.#expanded();
    if (word !== "") {
      file.at += word.length;
      this.statement = { path: file.path, line: file.line };
      const kind = this.#syntax.keywords[word];
      if (kind !== undefined) this.#state = "parameter";
      return { kind: kind ?? "word", text: word };
    }
    const blanks = this.match(/[ \t]+/y);
    file.at += blanks.length;
    if (blanks !== "") return undefined;
    const operator = operatorOf(this.peek() + this.peek(1), (spelling) => /^[:+]?=$/.test(spelling));
    if (operator !== undefined) {
      file.at += operator.text.length;
      this.#state = "assigned";
      return operator;
    }
    if (this.peek() !== "\n") return this.#skip();
    this.#state = "start";
    return this.newline();
  }

  #assigned(): ReadToken | undefined {
    if (this.peek() === "\n") {
      this.#state = "start";
      return this.newline();
    }
    const value = this.match(/[^ \t\n][^\n]*/y);
    this.file.at += value.length || 1;
    return value === "" ? undefined : { kind: "assigned", text: value };
  }

  /** A word with macros in it, which may hold what a path may. */
  #expanded(): ReadToken | undefined {
    let text = "";
    for (;;) {
      const plain = this.match(/[A-Za-z0-9_/.-]+/y);
      this.file.at += plain.length;
      text += plain;
      if (this.peek() !== "$") return text === "" ? undefined : { kind: "word", text };
      text += this.reference(this);
    }
  }

  #skip(): undefined {
    if (!this.#early) this.ignore(this.peek(), this.place);
    this.file.at++;
    return undefined;
  }

  #parameter(): ReadToken | undefined {
    const { file } = this;
    if (this.#world !== undefined && this.match(/[A-Za-z0-9_/.$-]+/y).includes("$")) return this.#expanded();
    const word = this.match(/[A-Za-z0-9_/.-]+/y);
    if (word !== "") {
      file.at += word.length;
      if (this.#early && word === "---") return undefined;
      return { kind: word === "if" || word === "on" ? word : "word", text: word };
    }
    const character = this.peek();
    if (character === "\n") {
      this.#state = "start";
      return this.newline();
    }
    if (character === '"' || character === "'") {
      [this.#state, this.#quote, this.#text] = ["string", character, ""];
      file.at++;
      return undefined;
    }
    if (character === "#") {
      file.at += this.match(/[^\n]*/y).length;
      return undefined;
    }
    if (character === "\\" && this.peek(1) === "\n") {
      file.at += 2;
      file.line++;
      return undefined;
    }
    if (character === " " || character === "\t") {
      file.at++;
      return undefined;
    }
    const known = this.#early ? /^(?:&&|\|\||[()!=]|!=)$/ : /^(?:&&|\|\||[()!=<>]|[!<>]=)$/;
    const operator = operatorOf(character + this.peek(1), (spelling) => known.test(spelling));
    if (operator === undefined) return this.#skip();
    file.at += operator.text.length;
    return operator;
  }

  #string(): ReadToken | undefined {
    const { file } = this;
    const character = this.peek();
    if (character === "\n") {
      const warning = `${this.place}:warning: multi-line strings not supported\n`;
      if (this.#early) this.voice.print(warning);
      else this.voice.complain(warning);
      this.#state = "start";
      return this.newline();
    }
    if (character === "'" || character === '"') {
      file.at++;
      if (character !== this.#quote) {
        this.#text += character;
        return undefined;
      }
      this.#state = "parameter";
      return { kind: "quoted", text: this.#text };
    }
    if (character === "$" && this.#world !== undefined) {
      this.#text += this.reference(this);
      return undefined;
    }
    const escaped = character === "\\";
    const plain = this.#world === undefined ? /[^'"\\\n]+/y : /[^$'"\\\n]+/y;
    const piece = this.match(escaped ? /\\[^\n]?/y : plain);
    file.at += piece.length;
    this.#measure(escaped ? piece.slice(1) : piece);
    this.#text += escaped ? piece.slice(1) : piece;
    // A string that is not closed ends with its line, of which the warning above is said then.
    return this.peek() === "\n" ? { kind: "quoted", text: this.#text } : undefined;
  }

  #measure(piece: string): void {
    if (!this.#early || piece.length <= longPiece) return;
    this.voice.complain(`${this.file.path}:${this.file.line} error: Overlong line\n`);
  }
}
