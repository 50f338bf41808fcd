import type { SymbolTypeName } from "../../dialect/dialect.js";
import { Grammar, type GrammarHost } from "./grammar.js";
import type { LinuxLexer } from "./linux-lexer.js";

/** How the versions differ. */
export interface LinuxGrammarRules {
  /** Linux since 6.11 or so. */
  readonly modern: boolean;
  /** `depends on X if Y`, Linux since 7.0. */
  readonly conditionalDepends: boolean;
  /** Linux since 6.18: more is an error, and choices have no `bool`. */
  readonly strict: boolean;
  /** coreboot: what a choice holds may be in a file of its own. */
  readonly sourceInChoice: boolean;
}

/** The parser of Linux since 4.18: each list of statements has its place for mistakes (parser.y). */
export class LinuxGrammar extends Grammar {
  readonly #lexer: LinuxLexer;
  readonly #rules: LinuxGrammarRules;
  #choice = false;

  constructor(host: GrammarHost & { readonly lexer: LinuxLexer }, rules: LinuxGrammarRules) {
    super(host);
    this.#lexer = host.lexer;
    this.#rules = rules;
  }

  protected syntaxError(): string {
    const { statement, place } = this.#lexer;
    if (this.#rules.modern) return `${place}: syntax error`;
    return `${statement.path ?? "<none>"}:${statement.line + 1}: syntax error`;
  }

  protected read(): void {
    if (this.accept("mainmenu")) {
      const title = this.expect("quoted");
      this.expect("eol");
      this.host.entries.addPrompt(title);
    }
    while (this.kind !== "end" || this.blocks.length > 0) {
      this.recovering(() => this.#statement(), "invalid statement");
    }
  }

  #statement(): void {
    const block = this.blocks.at(-1);
    const inChoice = block?.inChoice === true;
    if (block !== undefined && this.isEndWord) {
      this.endBlock((kind) => kind);
      if (block.kind === "choice") this.#choice = false;
      return;
    }
    switch (this.kind) {
      case "config":
        return this.#config();
      case "comment":
        return this.#comment();
      case "if":
        return this.#if(inChoice);
      case "source":
        if (!inChoice || this.#rules.sourceInChoice) return this.#source();
        return this.fail();
      default:
    }
    if (inChoice) this.fail();
    switch (this.kind) {
      case "menuconfig":
        return this.#config();
      case "menu":
        return this.#menu();
      case "choice":
        return this.#startChoice();
      case "word":
        return this.#word();
      default:
        return this.fail();
    }
  }

  #source(): void {
    this.take();
    const path = this.expect("quoted");
    this.expect("eol");
    this.host.source(path);
  }

  #word(): void {
    const name = this.take();
    this.recovering(() => this.assignment(name, this.#lexer), `unknown statement "${name}"`);
  }

  #config(): void {
    const { entries } = this.host;
    const isMenu = this.take() === "menuconfig";
    const symbol = entries.symbol(this.expect("word"));
    this.expect("eol");
    entries.add(symbol);
    while (this.#configOption());
    const { path, line, hasPrompt } = entries.entry;
    if (isMenu) {
      const words = "menuconfig statement without prompt";
      if (!this.#rules.strict) entries.endMenuconfig();
      else if (!hasPrompt) this.error(words);
      return;
    }
    if (!this.#choice) return;
    if (!hasPrompt) this.#entryError(`${path}:${line}`, "choice member must have a prompt");
    if (symbol.type !== "bool") this.#entryError(`${path}:${line}`, "choice member must be bool");
  }

  #entryError(place: string, words: string): void {
    this.errors++;
    this.say(`${place}: error: ${words}`);
  }

  /** An option of a config; false where something else begins. */
  #configOption(): boolean {
    const { entries } = this.host;
    switch (this.kind) {
      case "type-bool":
      case "type-tristate":
      case "type-int":
      case "type-hex":
      case "type-string": {
        const type = this.kind.slice(5) as SymbolTypeName;
        this.take();
        this.#optionalPrompt();
        this.expect("eol");
        entries.setType(type);
        return true;
      }
      case "default":
      case "def-bool":
      case "def-tristate": {
        const type = this.kind === "default" ? undefined : (this.kind.slice(4) as SymbolTypeName);
        this.take();
        this.default();
        if (type !== undefined) entries.setType(type);
        return true;
      }
      case "select":
      case "imply":
        this.take();
        this.expect("word");
        this.condition();
        this.expect("eol");
        return true;
      case "range":
        this.take();
        this.expect("word", "quoted");
        this.expect("word", "quoted");
        this.condition();
        this.expect("eol");
        return true;
      case "modules": {
        this.take();
        this.expect("eol");
        const words = entries.setModules();
        if (words !== undefined) this.error(words);
        return true;
      }
      case "transitional":
        this.take();
        this.expect("eol");
        return true;
      default:
        return this.#commonOption();
    }
  }

  /** What configs and choices take alike. */
  #commonOption(): boolean {
    switch (this.kind) {
      case "prompt": {
        this.take();
        const text = this.expect("quoted");
        this.condition();
        this.expect("eol");
        this.host.entries.addPrompt(text);
        return true;
      }
      case "depends":
        this.#depends();
        return true;
      case "help":
        this.help();
        return true;
      default:
        return false;
    }
  }

  #optionalPrompt(): void {
    if (this.kind !== "quoted") return;
    const text = this.take();
    this.condition();
    this.host.entries.addPrompt(text);
  }

  #depends(): void {
    this.take();
    this.expect("on");
    this.expression();
    if (this.#rules.conditionalDepends) this.condition();
    this.expect("eol");
  }

  #startChoice(): void {
    const { entries } = this.host;
    const { modern } = this.#rules;
    this.take();
    const name = !modern && this.kind === "word" ? this.take() : undefined;
    this.expect("eol");
    entries.add(entries.choice(name));
    if (modern) entries.setType("bool");
    while (this.#choiceOption(modern));
    const { path, line, hasPrompt } = entries.entry;
    if (modern && !hasPrompt) this.#entryError(`${path}:${line}`, "choice must have a prompt");
    this.pushBlock("choice", true);
    this.#choice = modern;
  }

  #choiceOption(modern: boolean): boolean {
    const { kind } = this;
    if (kind === "default") {
      this.take();
      this.expect("word");
      this.condition();
      this.expect("eol");
      return true;
    }
    if (kind === "optional") {
      this.take();
      this.expect("eol");
      return true;
    }
    if (this.#rules.strict) return this.#commonOption();
    if (kind !== "type-bool" && (modern || kind !== "type-tristate")) return this.#commonOption();
    this.take();
    if (modern) {
      const text = this.expect("quoted");
      this.condition();
      this.expect("eol");
      this.host.entries.addPrompt(text);
    } else {
      this.#optionalPrompt();
      this.expect("eol");
      this.host.entries.setType(kind.slice(5) as SymbolTypeName);
    }
    return true;
  }

  #comment(): void {
    this.take();
    this.#title();
    while (this.kind === "depends") this.#depends();
  }

  #title(): void {
    const { entries } = this.host;
    const title = this.expect("quoted");
    this.expect("eol");
    entries.add(undefined);
    entries.addPrompt(title);
  }

  #menu(): void {
    this.take();
    this.#title();
    while (this.kind === "depends" || this.kind === "visible") {
      if (this.kind === "depends") this.#depends();
      else {
        this.take();
        this.condition();
        this.expect("eol");
      }
    }
    this.pushBlock("menu");
  }

  #if(inChoice: boolean): void {
    this.take();
    this.expression();
    this.expect("eol");
    this.host.entries.add(undefined);
    this.pushBlock("if", inChoice);
  }
}
