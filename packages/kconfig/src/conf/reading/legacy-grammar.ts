import type { SymbolTypeName } from "../../dialect/dialect.js";
import { Grammar, type GrammarHost } from "./grammar.js";
import type { TokenKind } from "./lexer.js";
import type { MacroReader } from "./macro-world.js";

const blockStarts: readonly TokenKind[] = ["if", "comment", "config", "menuconfig", "source"];
const ends: readonly TokenKind[] = ["endmenu", "endchoice", "endif"];

const typeKinds: readonly TokenKind[] = ["type-bool", "type-tristate", "type-int", "type-hex", "type-string"];
const defaultKinds: readonly TokenKind[] = ["default", "def-bool", "def-tristate"];
/** Options that have a message of their own where they stand below nothing. */
const optionNames: ReadonlySet<TokenKind> = new Set([
  ...typeKinds,
  ...defaultKinds,
  ...(["depends", "prompt", "select", "imply", "optional", "range", "visible"] as const),
]);

const commentOptions: ReadonlySet<TokenKind> = new Set(["depends"]);
const choiceOptions: ReadonlySet<TokenKind> = new Set([
  ...typeKinds,
  ...defaultKinds,
  ...(["prompt", "optional", "depends", "help"] as const),
]);
const configOptions: ReadonlySet<TokenKind> = new Set([
  ...typeKinds,
  ...defaultKinds,
  ...(["prompt", "select", "imply", "range", "option", "depends", "help"] as const),
]);

/** Where the options of an entry end without a mistake: what may come behind it. */
const behindChoice: ReadonlySet<TokenKind> = new Set([...blockStarts, ...ends]);
const behindMenu: ReadonlySet<TokenKind> = new Set([...behindChoice, "menu", "choice"]);
const behindConfig: ReadonlySet<TokenKind> = new Set([...behindMenu, ...optionNames, "end"]);
const behindEarlyConfig: ReadonlySet<TokenKind> = new Set([...behindConfig, "mainmenu"]);

/**
 * The parser of the tools of Linux 4.17 and before: options have a place for mistakes, and else only the statements that
 * are in no block, up to which all is given up (zconf.y of Buildroot and of BusyBox).
 */
export class LegacyGrammar extends Grammar {
  readonly #early: boolean;
  readonly #macros: MacroReader | undefined;
  readonly #behindConfig: ReadonlySet<TokenKind>;

  /** `macros`: of a lexer that has them; what is no command is a variable then. */
  constructor(host: GrammarHost, early: boolean, macros?: MacroReader) {
    super(host);
    this.#macros = macros;
    this.#early = early;
    this.#behindConfig = early ? behindEarlyConfig : behindConfig;
  }

  protected syntaxError(): string | undefined {
    const { statement } = this.host.lexer;
    return this.#early ? undefined : `${statement.path ?? "<none>"}:${statement.line + 1}: syntax error`;
  }

  protected read(): void {
    const { entries } = this.host;
    if (!this.#early) {
      while (this.accept("eol"));
      if (this.accept("mainmenu")) {
        const title = this.expect("word", "quoted");
        this.#emptyLines();
        entries.addPrompt(title);
      }
    }
    while (this.kind !== "end" || this.blocks.length > 0) {
      this.recovering(
        () => (this.blocks.length > 0 ? this.#inBlock() : this.#statement()),
        "invalid statement",
        () => this.giveUpBlocks(),
      );
    }
  }

  #emptyLines(): void {
    this.expect("eol");
    while (this.accept("eol"));
  }

  /** A statement outside of all blocks. */
  #statement(): void {
    const { kind } = this;
    if (this.isEndWord) {
      this.take();
      this.expect("eol");
      this.error("unexpected end statement");
    } else if (kind === "word" && this.#macros === undefined) this.#misplaced("unknown statement");
    else if (optionNames.has(kind) && this.text !== "requires") this.#misplaced("unexpected option");
    else if (kind === "mainmenu" && this.#early) {
      this.take();
      this.expect("word", "quoted");
      this.#emptyLines();
    } else this.#common();
  }

  /** A word after which nothing is right. */
  #misplaced(words: string): void {
    const name = this.take();
    this.recovering(() => this.fail(), `${words} "${name}"`);
  }

  #inBlock(): void {
    if (this.isEndWord) this.endBlock((_, spelling) => spelling);
    else this.#common();
  }

  #common(): void {
    const inChoice = this.blocks.at(-1)?.kind === "choice";
    switch (this.kind) {
      case "eol":
        this.take();
        return;
      case "config":
      case "menuconfig":
        return this.#config();
      case "word":
        return this.#macros === undefined ? this.fail() : this.#assignment(this.#macros);
      case "comment":
        this.take();
        this.#title();
        return this.#options(commentOptions, this.#behindConfig);
      case "if":
        this.take();
        this.expression();
        // Without macros the parser looks at the next statement here, and takes its line for that of the block.
        if (this.#macros === undefined) this.#emptyLines();
        else this.expect("eol");
        this.host.entries.add(undefined);
        return this.pushBlock("if");
      case "source": {
        this.take();
        const path = this.expect("word", "quoted");
        this.expect("eol");
        return this.host.source(path);
      }
      default:
    }
    if (inChoice) this.fail();
    if (this.kind === "menu") return this.#menu();
    return this.kind === "choice" ? this.#choice() : this.fail();
  }

  #assignment(reader: MacroReader): void {
    const name = this.take();
    this.assignment(name, reader);
  }

  /** Options, each with its place for mistakes, up to what may come behind them. */
  #options(
    takes: ReadonlySet<TokenKind>,
    behind: ReadonlySet<TokenKind>,
    read: (kind: TokenKind) => void = (kind) => this.#option(kind),
  ): void {
    for (;;) {
      const { kind } = this;
      if (kind === "eol") this.take();
      else if (kind === "word" && this.#macros !== undefined) return;
      else if (kind === "word") this.#misplaced("unknown option");
      else if (takes.has(kind)) this.recovering(() => read(kind), "invalid option");
      else if (behind.has(kind)) return;
      else this.recovering(() => this.fail(), "invalid option");
    }
  }

  #config(): void {
    const { entries } = this.host;
    const isMenu = this.take() === "menuconfig";
    const symbol = entries.symbol(this.expect("word"));
    this.expect("eol");
    entries.add(symbol);
    this.#options(configOptions, this.#behindConfig);
    if (isMenu) entries.endMenuconfig();
  }

  #option(kind: TokenKind): void {
    const { entries } = this.host;
    if (typeKinds.includes(kind)) return this.#type(kind);
    switch (kind) {
      case "prompt": {
        this.take();
        const text = this.expect("word", "quoted");
        this.condition();
        this.expect("eol");
        return entries.addPrompt(text);
      }
      case "select":
      case "imply":
        this.take();
        this.expect("word");
        break;
      case "range":
        this.take();
        this.expect("word", "quoted");
        this.expect("word", "quoted");
        break;
      case "option":
        return this.#optionItems();
      case "depends":
        return this.#depends();
      case "help":
        return this.help();
      default:
        this.take();
        this.default();
        if (kind !== "default") entries.setType(kind.slice(4) as SymbolTypeName);
        return undefined;
    }
    this.condition();
    this.expect("eol");
  }

  #depends(): void {
    const spelling = this.take();
    if (!this.#early) this.expect("on");
    else if (spelling !== "requires") this.accept("on");
    this.expression();
    this.expect("eol");
  }

  #optionItems(): void {
    this.take();
    while (this.kind === "word") {
      const name = this.take();
      const value = this.accept("equal") ? this.expect("word", "quoted") : undefined;
      const words = this.host.entries.option(name, value);
      if (words !== undefined) this.error(words);
    }
    this.expect("eol");
  }

  #type(kind: TokenKind, wanted: readonly TokenKind[] = typeKinds): void {
    const { entries } = this.host;
    this.take();
    if (this.kind === "word" || this.kind === "quoted") {
      const text = this.take();
      this.condition();
      entries.addPrompt(text);
    }
    this.expect("eol");
    if (!wanted.includes(kind)) throw this.reject();
    entries.setType(kind.slice(5) as SymbolTypeName);
  }

  #choice(): void {
    const { entries } = this.host;
    this.take();
    const name = !this.#early && this.kind === "word" ? this.take() : undefined;
    this.expect("eol");
    entries.add(entries.choice(name));
    this.#options(choiceOptions, behindChoice, (kind) => this.#choiceOption(kind));
    this.pushBlock("choice");
  }

  #choiceOption(kind: TokenKind): void {
    if (typeKinds.includes(kind)) this.#type(kind, ["type-bool", "type-tristate"]);
    else if (kind === "optional") {
      this.take();
      this.expect("eol");
    } else if (defaultKinds.includes(kind)) {
      this.take();
      this.expect("word");
      this.condition();
      this.expect("eol");
      if (kind !== "default") throw this.reject();
    } else this.#option(kind);
  }

  #menu(): void {
    this.take();
    this.#title();
    if (!this.#early) {
      while (this.kind === "visible" || this.kind === "eol") {
        if (this.take() === "visible") this.condition();
      }
    }
    this.#options(commentOptions, behindMenu);
    this.pushBlock("menu");
  }

  #title(): void {
    const { entries } = this.host;
    const title = this.expect("word", "quoted");
    this.expect("eol");
    entries.add(undefined);
    entries.addPrompt(title);
  }
}
