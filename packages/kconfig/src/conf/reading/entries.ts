import { type Environment, variableOf } from "../../base/environment.js";
import type { Dialect, SymbolTypeName } from "../../dialect/dialect.js";
import type { ReadLexer } from "./lexer.js";

/** What is known of a symbol while the files are read. */
export interface ReadSymbol {
  /** Empty for a choice without a name. */
  readonly name: string;
  type?: SymbolTypeName;
  /** The variable of `option env`. */
  environment?: string;
  /** The first default without a condition: another symbol, or a text. */
  initial?: ReadSymbol | string;
}

/** A config, choice, menu, if or comment. */
export interface ReadEntry {
  readonly path: string;
  readonly line: number;
  readonly symbol: ReadSymbol | undefined;
  readonly parent: ReadEntry | undefined;
  hasPrompt: boolean;
  hasHelp: boolean;
}

/** A type as the C tools name it. */
const typeName = (type: SymbolTypeName, early: boolean): string =>
  type === "int" ? "integer" : early && type === "bool" ? "boolean" : type;

const blankText = /^[ \f\n\r\t\v]*(?:\0|$)/;

/** The entries and symbols that are read, and what C says about them on the way. */
export class Entries {
  readonly root: ReadEntry;
  entry: ReadEntry;
  /** The menu that is open. */
  menu: ReadEntry;
  modules: ReadSymbol | undefined;
  readonly #lexer: ReadLexer;
  readonly #early: boolean;
  readonly #strict: boolean;
  /** Variables of the environment are macros, and no options. */
  readonly #macros: boolean;
  readonly #env: Environment;
  readonly #symbols = new Map<string, ReadSymbol>();
  readonly #choices = new Map<string, ReadSymbol>();
  #defconfigList: ReadSymbol | undefined;

  constructor(lexer: ReadLexer, env: Environment, { semantics, syntax }: Dialect) {
    this.#lexer = lexer;
    this.#env = env;
    this.#early = semantics.early;
    this.#macros = syntax.macros;
    this.#strict = syntax.strictEntries;
    this.root = { path: "", line: 0, symbol: undefined, parent: undefined, hasPrompt: false, hasHelp: false };
    this.entry = this.root;
    this.menu = this.root;
  }

  symbol(name: string): ReadSymbol {
    return lookup(this.#symbols, name);
  }

  choice(name: string | undefined): ReadSymbol {
    return name === undefined ? { name: "" } : lookup(this.#choices, name);
  }

  add(symbol: ReadSymbol | undefined): void {
    const { path, statement } = this.#lexer;
    this.entry = { path, line: statement.line, symbol, parent: this.menu, hasPrompt: false, hasHelp: false };
  }

  open(): ReadEntry {
    this.menu = this.entry;
    return this.entry;
  }

  close(): void {
    this.menu = this.menu.parent ?? this.root;
  }

  setType(type: SymbolTypeName): void {
    const { symbol, path, line } = this.entry;
    if (symbol === undefined || symbol.type === type) return;
    if (symbol.type === undefined) {
      symbol.type = type;
      return;
    }
    const [name, from, to] = [nameOf(symbol), typeName(symbol.type, this.#early), typeName(type, this.#early)];
    const words = this.#early
      ? `type of '${name}' redefined from '${from}' to '${to}'\n`
      : `ignoring type redefinition of '${name}' from '${from}' to '${to}'`;
    this.#say(`${path}:${line}:warning: ${words}`);
  }

  addPrompt(text: string): void {
    const { path, statement } = this.#lexer;
    const { entry } = this;
    if (this.#early) {
      if (entry.hasPrompt) this.#say(`${entry.path}:${entry.line}:warning: prompt redefined\n`);
    } else {
      const warn = (words: string): void => this.#say(`${path}:${statement.line}:warning: ${words}`);
      if (/^[ \t\n\v\f\r]/.test(text)) warn("leading whitespace ignored");
      if (entry.hasPrompt && entry !== this.root) warn("prompt redefined");
    }
    entry.hasPrompt = true;
  }

  /** Gives what is wrong, where that is an error. */
  addHelp(text: string): string[] {
    const { entry } = this;
    if (this.#early) return [];
    const words: string[] = [];
    if (entry.hasHelp) words.push(`more than one help text${this.#strict ? "" : " -- only the last one will be used"}`);
    if (blankText.test(text)) words.push("blank help text");
    entry.hasHelp = true;
    const named = words.map(
      (what) => `'${entry.symbol === undefined ? "" : nameOf(entry.symbol)}' defined with ${what}`,
    );
    if (this.#strict) return named;
    for (const what of named) this.#say(`${this.#lexer.place}: warning: ${what}`);
    return [];
  }

  endMenuconfig(): void {
    if (!this.entry.hasPrompt) this.#say(`${this.#lexer.place}: warning: menuconfig statement without prompt`);
  }

  /** `option NAME` of the older tools; what is wrong with it, if that is an error. */
  option(name: string, value: string | undefined): string | undefined {
    const symbol = this.entry.symbol!;
    switch (name) {
      case "modules":
        return this.setModules();
      case "defconfig_list":
        this.#defconfigList ??= symbol;
        return this.#defconfigList === symbol ? undefined : "trying to redefine defconfig symbol";
      case "env":
        if (this.#macros) return this.#unknown(name);
        return this.#environment(symbol, value ?? "");
      case "allnoconfig_y":
        return undefined;
      default:
        return this.#unknown(name);
    }
  }

  #unknown(option: string): undefined {
    this.#say(`${this.#lexer.place}: warning: ignoring unknown option ${option}`);
  }

  setModules(): string | undefined {
    const { modules } = this;
    this.modules = this.entry.symbol!;
    if (modules === undefined) return undefined;
    return `symbol '${this.modules.name}' redefines option 'modules' already defined by symbol '${modules.name}'`;
  }

  #environment(symbol: ReadSymbol, variable: string): undefined {
    const { path, line } = this.entry;
    const warn = (words: string): void => this.#say(`${path}:${line}:warning: ${words}`);
    if (symbol.environment === undefined) {
      symbol.environment = variable;
      const value = variableOf(this.#env, variable);
      if (value === undefined) warn(`environment variable ${variable} undefined`);
      else symbol.initial ??= value;
    } else if (symbol.environment !== variable) warn(`redefining environment symbol from ${symbol.environment}`);
  }

  /** `$NAME` replaced by what the symbol NAME is so far. */
  expand(text: string): string {
    return text.replace(/\$([A-Za-z0-9_]*)/g, (_, name: string) => {
      const seen = new Set<ReadSymbol>();
      let at: ReadSymbol | string | undefined = this.#symbols.get(name);
      while (typeof at === "object" && !seen.has(at)) {
        seen.add(at);
        if (at.type === undefined) return at.name;
        if (at.type === "bool" || at.type === "tristate") return "n";
        at = at.initial;
      }
      return typeof at === "string" ? at : "";
    });
  }

  #say(line: string): void {
    this.#lexer.voice.complain(`${line}\n`);
  }
}

function lookup(map: Map<string, ReadSymbol>, name: string): ReadSymbol {
  let symbol = map.get(name);
  if (symbol === undefined) map.set(name, (symbol = { name }));
  return symbol;
}

const nameOf = ({ name }: ReadSymbol): string => (name === "" ? "<choice>" : name);
