import type { Entries, ReadEntry } from "./entries.js";
import type { ReadLexer, ReadToken, TokenKind } from "./lexer.js";
import type { MacroReader } from "./macro-world.js";

/** A token that cannot stand where it does; whoever can go on behind the line catches it. */
class Unexpected extends Error {}
/** The input ended where the parser had to go on. */
class EndReached extends Error {}

const assignments: Partial<Readonly<Record<TokenKind, "=" | ":=" | "+=">>> = {
  equal: "=",
  "colon-equal": ":=",
  "plus-equal": "+=",
};

type BlockKind = "menu" | "choice" | "if";

/** A block whose end has not been seen. */
interface Block {
  readonly kind: BlockKind;
  readonly entry: ReadEntry;
  /** True where the statements are those that a choice may hold. */
  readonly inChoice: boolean;
}

/** How many tokens have to be taken after a mistake until the next one is told as a syntax error. */
const quietTokens = 3;

const endWords: Partial<Readonly<Record<TokenKind, BlockKind>>> = { endmenu: "menu", endchoice: "choice", endif: "if" };

/** What the parser of a tool has to know of the rest of it. */
export interface GrammarHost {
  readonly lexer: ReadLexer;
  readonly entries: Entries;
  /** Goes on with a file that is sourced. */
  source(path: string): void;
}

/**
 * The parser of a C tool, as far as its messages go. Behind a mistake it goes on as one made by bison does: nothing is said
 * of "syntax error" again before three tokens were taken, what is open is given up to where the grammar has a place for
 * mistakes, and the rest of the line is passed over (Bison's manual, chapter "Error Recovery").
 */
export abstract class Grammar {
  errors = 0;
  protected readonly host: GrammarHost;
  protected readonly blocks: Block[] = [];
  #quiet = 0;
  #token: ReadToken | undefined;

  constructor(host: GrammarHost) {
    this.host = host;
  }

  /** Reads everything; `errors` tells what came of it. */
  run(): void {
    try {
      this.read();
    } catch (error) {
      if (!(error instanceof EndReached || error instanceof Unexpected)) throw error;
      this.giveUpBlocks();
    }
  }

  protected abstract read(): void;
  /** The words for a token that does not fit; none where the tool has none. */
  protected abstract syntaxError(): string | undefined;

  protected get kind(): TokenKind {
    this.#token ??= this.host.lexer.next();
    return this.#token.kind;
  }

  protected get text(): string {
    return this.kind === "end" ? "" : this.#token!.text;
  }

  /** Takes the token at hand. */
  protected take(): string {
    const { text } = this;
    this.#token = undefined;
    if (this.#quiet > 0) this.#quiet--;
    return text;
  }

  protected accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.take();
    return true;
  }

  protected expect(...kinds: readonly TokenKind[]): string {
    if (!kinds.includes(this.kind)) this.fail();
    return this.take();
  }

  /** The token at hand does not fit. */
  protected fail(): never {
    // It is looked at, even where anything would be wrong.
    void this.kind;
    if (this.#quiet === 0) {
      this.errors++;
      const words = this.syntaxError();
      if (words !== undefined) this.say(words);
    }
    throw this.reject();
  }

  /** What stands here is well-formed and wrong all the same. */
  protected reject(): Unexpected {
    this.#quiet = quietTokens;
    return new Unexpected();
  }

  /** Does something; after a mistake goes on behind the line, and says what `words` gives. */
  protected recovering(read: () => void, words: string | (() => string), onMistake?: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      onMistake?.();
      while (this.kind !== "eol") {
        if (this.kind === "end") throw new EndReached();
        this.#token = undefined;
      }
      this.take();
      this.error(typeof words === "string" ? words : words());
    }
  }

  protected error(words: string): void {
    this.errors++;
    this.say(`${this.host.lexer.place}: ${words}`);
  }

  protected say(line: string): void {
    this.host.lexer.voice.complain(`${line}\n`);
  }

  protected pushBlock(kind: BlockKind, inChoice = false): void {
    this.blocks.push({ kind, entry: this.host.entries.open(), inChoice });
  }

  /** What is open is given up, the innermost first. */
  protected giveUpBlocks(): void {
    const { entries } = this.host;
    for (const { entry } of this.blocks.splice(0).reverse()) {
      this.say(`${entry.path}:${entry.line}: missing end statement for this entry`);
      if (entries.menu === entry) entries.close();
    }
  }

  /** The end of a block, right or wrong: the innermost one is closed. */
  protected endBlock(names: (kind: BlockKind, spelling: string) => string): void {
    const { entries, lexer } = this.host;
    const found = endWords[this.kind]!;
    const spelling = this.take();
    this.expect("eol");
    const { kind } = this.blocks.at(-1)!;
    const name = names(found, spelling);
    const { menu } = entries;
    if (found !== kind) this.error(`unexpected '${name}' within ${kind} block`);
    else if (menu.path !== lexer.path) {
      this.error(`'${name}' in different file than '${kind}'`);
      this.say(`${menu.path}:${menu.line}: location of the '${kind}'`);
    } else entries.close();
    this.blocks.pop();
  }

  protected get isEndWord(): boolean {
    return this.kind in endWords;
  }

  /** An expression; its word where it is a single one. */
  protected expression(): { readonly text: string; readonly quoted: boolean } | undefined {
    let open = 0;
    let single: { readonly text: string; readonly quoted: boolean } | undefined;
    for (let operands = 0; ; operands++) {
      for (;;) {
        if (this.accept("open")) open++;
        else if (!this.accept("not")) break;
        operands++;
      }
      const quoted = this.kind === "quoted";
      const text = this.expect("word", "quoted");
      single = operands === 0 ? { text, quoted } : undefined;
      if (this.kind === "equal" || this.kind === "compare") {
        this.take();
        this.expect("word", "quoted");
        single = undefined;
      }
      while (open > 0 && this.accept("close")) open--;
      if (this.accept("and") || this.accept("or")) continue;
      if (open > 0) this.fail();
      return single;
    }
  }

  /** `if EXPRESSION`, or nothing; true where there was one. */
  protected condition(): boolean {
    if (!this.accept("if")) return false;
    this.expression();
    return true;
  }

  /** A default: what it is while the files are read. */
  protected default(): void {
    const value = this.expression();
    const conditional = this.condition();
    this.expect("eol");
    const { entries } = this.host;
    const { symbol } = entries.entry;
    if (symbol === undefined || value === undefined || conditional) return;
    symbol.initial ??= value.quoted ? value.text : entries.symbol(value.text);
  }

  /** What is assigned to a variable. */
  protected assignment(name: string, reader: MacroReader): void {
    const operator = assignments[this.kind];
    if (operator === undefined) this.fail();
    this.take();
    const value = this.kind === "assigned" ? this.take() : "";
    this.expect("eol");
    reader.macros.assign(name, operator, value, reader.macroContext);
  }

  protected help(): void {
    this.take();
    this.expect("eol");
    this.host.lexer.startHelp();
    for (const words of this.host.entries.addHelp(this.expect("help-text"))) this.error(words);
  }
}
