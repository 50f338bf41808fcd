import type { Diagnostic } from "../base/diagnostics.js";
import { type Environment, variableOf } from "../base/environment.js";
import type { KconfigHost } from "../base/host.js";
import { LineTable } from "../base/position.js";
import type { Dialect } from "../dialect/dialect.js";
import { ExpressionPool, NONE, type Expression } from "../expression/pool.js";
import { MacroProcessor } from "../macro/expand.js";
import type {
  ChoiceNode,
  CommentNode,
  ConfigNode,
  ExpressionNode,
  FileNode,
  MenuNode,
  OptionNode,
  SourceNode,
  StatementNode,
  WordNode,
} from "../syntax/ast.js";
import { isBehindOthers, type Frame } from "./frame.js";
import { isNo } from "../expression/is-no.js";
import { convertExpression } from "./convert-expression.js";
import { MenuBuilder, type TreeReport } from "./menu-builder.js";
import type { TreeMenu } from "./menu.js";
import type { SourceReader } from "./source-reader.js";
import { TreeProperty, withEntry, type Location, type TreeSymbol } from "./symbol.js";
import { besides } from "./relative-path.js";
import { atEntry, missingHint, missingWords, nextStatement, reportTo } from "./report.js";
import { TreeSymbolTable } from "./symbol-table.js";
import { withSymbols } from "./text-value.js";
import { WordExpander } from "./word-expander.js";

/** The tree as the text has it, before dependencies are spread over it. */
export interface RawTree {
  readonly pool: ExpressionPool;
  readonly table: TreeSymbolTable;
  readonly root: TreeMenu;
  readonly modules: TreeSymbol | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

export interface BuildOptions {
  readonly dialect: Dialect;
  readonly host: KconfigHost;
  readonly env: Environment;
  readonly sources: SourceReader;
  readonly diagnostics: Diagnostic[];
}

/** Walks over a file and all that it sources, in the order of the text, and puts together symbols and menus. */
export class TreeBuilder {
  readonly #dialect: Dialect;
  readonly #env: Environment;
  readonly #sources: SourceReader;
  readonly #pool = new ExpressionPool();
  readonly #table = new TreeSymbolTable();
  readonly #words: WordExpander;
  readonly #menus: MenuBuilder;
  readonly #report: TreeReport;
  #file: FileNode;
  #modules: TreeSymbol | undefined;
  readonly #frames: Frame[] = [];

  constructor(file: FileNode, options: BuildOptions) {
    this.#dialect = options.dialect;
    this.#env = options.env;
    this.#sources = options.sources;
    this.#file = file;
    this.#report = reportTo(options.diagnostics, (path) => this.#sources.text(path) ?? "");
    this.#menus = new MenuBuilder(this.#pool, { path: file.path, line: 1 }, this.#report, this.#dialect);
    this.#words = new WordExpander(
      new MacroProcessor(this.#dialect.syntax.shellOutput),
      options.host,
      options.env,
      this.#report,
      this.#dialect.syntax.plainVariables,
    );
    const { early, kconfiglib, unameSymbol } = this.#dialect.semantics;
    if (early) for (const name of ["ARCH", "KERNELVERSION"]) this.#addAutomatic(name, options.env[name]);
    if (unameSymbol) this.#addAutomatic("UNAME_RELEASE", options.env["UNAME_RELEASE"] ?? "");
    if (early || kconfiglib) this.#modules = this.#table.plain("MODULES");
  }

  /** A string symbol that is there from the start. */
  #addAutomatic(name: string, value: string | undefined): void {
    const symbol = this.#table.plain(name);
    symbol.type = "string";
    symbol.noWrite = true;
    if (value !== undefined) this.#addDefault(symbol, value, { path: this.#file.path, line: 1 });
  }

  get report(): TreeReport {
    return this.#report;
  }

  setType(menu: TreeMenu, type: TreeSymbol["type"]): boolean {
    return this.#menus.setType(menu, type);
  }

  build(): RawTree {
    this.#push(this.#file, this.#file.statements, false);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const statement = frame.statements[frame.index++];
      this.#file = frame.file;
      if (statement !== undefined) this.#statement(statement);
      else {
        this.#frames.pop();
        if (frame.closes) this.#menus.closeMenu();
      }
    }
    const { root } = this.#menus;
    if (root.prompt === undefined) {
      this.#menus.enterRoot();
      this.#menus.addPrompt("menu", this.#dialect.semantics.mainMenu, root.location, NONE);
    }
    const text = this.#symbolsIn(root.prompt!.text ?? "");
    root.prompt = new TreeProperty("menu", root, root.prompt!.location.line, { text });
    return { pool: this.#pool, table: this.#table, root, modules: this.#modules, variables: this.#words.variables };
  }

  #push(file: FileNode, statements: readonly StatementNode[], closes: boolean, choice = this.#choiceAtHand): void {
    this.#frames.push({ statements, index: 0, file, closes, choice });
  }

  #statement(node: StatementNode): void {
    const location: Location = { path: this.#file.path, line: node.line };
    switch (node.kind) {
      case "config":
      case "menuconfig":
      case "configdefault":
        return this.#config(node, location);
      case "choice":
        return this.#choice(node, location);
      case "menu":
        return this.#menu(node, location);
      case "comment":
        return this.#comment(node, location);
      case "if": {
        const condition = this.#expression(node.condition, location);
        this.#menus.addEntry(undefined, location);
        this.#menus.addDependency(condition);
        this.#menus.openMenu();
        return this.#push(this.#file, node.children, true);
      }
      case "source":
        return this.#source(node, this.#symbolsIn(this.#text(node.path, location)), location);
      case "mainmenu":
        if (this.#dialect.semantics.early) return undefined;
        if (!this.#dialect.semantics.kconfiglib && isBehindOthers(this.#frames)) {
          return this.#report("error", "invalid-statement", location, '"mainmenu" stands before everything else.');
        }
        this.#menus.enterRoot();
        return this.#menus.addPrompt("menu", this.#text(node.title, location), location, NONE);
      case "assignment":
        return this.#words.assign(node, location);
      case "macro": {
        const rest = this.#words.expand(node.word, location);
        if (rest === "") return undefined;
        return this.#report("error", "invalid-statement", location, `"${rest}", from a macro, starts no statement.`);
      }
      default:
        return node satisfies never;
    }
  }

  #config(node: ConfigNode, location: Location): void {
    const symbol = this.#table.plain(this.#text(node.name, location));
    symbol.optional = true;
    const menu = this.#menus.addEntry(symbol, location);
    menu.isDefault = node.kind === "configdefault";
    this.#options(node.options, menu);
    if (this.#choiceAtHand !== undefined && node.kind === "config") this.#addMember(this.#choiceAtHand, menu, symbol);
    if (node.kind !== "menuconfig") return;
    if (menu.prompt === undefined) {
      const severity = this.#dialect.syntax.strictEntries ? "error" : "warning";
      const message = `The menuconfig ${symbol.name} has no prompt.`;
      const conf = " warning: menuconfig statement without prompt";
      // C notices where the next statement begins.
      const last = node.options.at(-1) ?? node;
      const line = nextStatement(this.#file.text, last.end) ?? last.line;
      this.#report(severity, "menuconfig-without-prompt", location, message, undefined, { line, text: conf });
    } else menu.prompt.kind = "menu";
  }

  #choice(node: ChoiceNode, location: Location): void {
    const symbol = this.#table.choice(node.name && this.#text(node.name, location));
    const modern = this.#dialect.semantics.choice === "modern";
    symbol.noWrite = true;
    if (modern) symbol.type = "bool";
    const menu = this.#menus.addEntry(symbol, location);
    if (!modern) this.#menus.addProperty("choice", location, {});
    this.#options(node.options, menu);
    if (modern && menu.prompt === undefined) {
      this.#report("error", "choice-without-prompt", location, "This choice has no prompt.");
    }
    this.#menus.openMenu();
    this.#push(this.#file, node.children, true, modern ? symbol : undefined);
  }

  /** A member of a modern choice; those of legacy ones are found when the tree is finished. */
  #addMember(choice: TreeSymbol, menu: TreeMenu, member: TreeSymbol): void {
    if (menu.prompt === undefined) {
      this.#report("error", "choice-member", menu.location, `The choice member ${member.name} has no prompt.`);
    }
    if (member.type !== "bool") {
      this.#report("error", "choice-member", menu.location, `The choice member ${member.name} is no bool.`);
    }
    if (member.choice !== undefined) return;
    member.choice = choice;
    choice.members = withEntry(choice.members, member);
  }

  get #choiceAtHand(): TreeSymbol | undefined {
    return this.#frames.at(-1)?.choice;
  }

  #menu(node: MenuNode, location: Location): void {
    const menu = this.#menus.addEntry(undefined, location);
    this.#menus.addPrompt("menu", this.#text(node.title, location), location, NONE);
    this.#options(node.options, menu);
    this.#menus.openMenu();
    this.#push(this.#file, node.children, true);
  }

  #comment(node: CommentNode, location: Location): void {
    const menu = this.#menus.addEntry(undefined, location);
    this.#menus.addPrompt("comment", this.#text(node.title, location), location, NONE);
    this.#options(node.options, menu);
  }

  #source({ path: { text }, relative, optional }: SourceNode, path: string, location: Location): void {
    const { wildcards } = this.#dialect.syntax;
    if (wildcards === false) return this.#sourceFile(path, location, text);
    const pattern = relative ? besides(this.#file.path, path) : path;
    const found = this.#sources.expand(pattern);
    if (found.length === 0 && wildcards === "required" && !optional)
      return this.#reportMissing(pattern, location, text);
    // What is sourced last is read last: the frames are a stack.
    for (const file of found.reverse()) this.#sourceFile(file, location, text);
  }

  #reportMissing(path: string, location: Location, written: string): void {
    this.#report(
      "error",
      "source-not-found",
      location,
      missingWords(path, this.#sources.isFolder(path)),
      missingHint(written, this.#env, (name) => this.#table.find(name)?.environment ?? name),
      ` can't open file "${path}"`,
    );
  }

  #sourceFile(path: string, location: Location, written: string): void {
    if (this.#frames.some((frame) => frame.file.path === path)) {
      const chain = [...new Set(this.#frames.map((frame) => frame.file.path))].join(" > ");
      this.#report(
        "error",
        "source-recursive",
        location,
        `"${path}" sources itself: ${chain} > ${path}.`,
        "Take this source away.",
      );
      return;
    }
    if ((this.#dialect.semantics.early || this.#dialect.syntax.singlePlaces) && this.#sources.paths.has(path)) {
      this.#report("error", "source-repeated", location, `"${path}" is sourced a second time.`);
      return;
    }
    const file = this.#sources.read(path);
    if (file === undefined) this.#reportMissing(path, location, written);
    else this.#push(file, file.statements, false);
  }

  #options(options: readonly OptionNode[], menu: TreeMenu): void {
    // One for all of them: nobody keeps it.
    const location = { path: this.#file.path, line: 0 };
    for (const option of options) {
      location.line = option.line;
      this.#option(option, menu, location);
    }
    this.#menus.complete();
  }

  #option(option: OptionNode, menu: TreeMenu, location: Location): void {
    const menus = this.#menus;
    switch (option.kind) {
      case "type":
        if (option.prompt !== undefined) this.#prompt(option.prompt, option.condition, location);
        menus.setType(menu, option.type);
        return;
      case "prompt":
        return this.#prompt(option.prompt, option.condition, location);
      case "default": {
        const value = this.#expression(option.value, location);
        menus.addProperty("default", location, { value, condition: this.#condition(option.condition, location) });
        if (option.type !== undefined) menus.setType(menu, option.type);
        return;
      }
      case "select":
      case "imply": {
        const value = this.#pool.symbol(this.#symbol(option.symbol, location).id);
        menus.addProperty(option.kind, location, { value, condition: this.#condition(option.condition, location) });
        return;
      }
      case "range": {
        const bounds = [this.#symbol(option.low, location), this.#symbol(option.high, location)] as const;
        menus.addProperty("range", location, { bounds, condition: this.#condition(option.condition, location) });
        return;
      }
      case "depends": {
        const dependency = this.#expression(option.dependency, location);
        if (option.condition === undefined) return menus.addDependency(dependency);
        const without = isNo(this.#pool, this.#expression(option.condition, location));
        return menus.addDependency(this.#pool.or(dependency, without));
      }
      case "visible":
        return menus.addVisibility(this.#condition(option.condition, location));
      case "help":
        return this.#help(option, menu, location);
      case "optional":
        menu.symbol!.optional = true;
        return;
      case "modules":
        return this.#setModules(menu.symbol!, location);
      case "transitional":
        menu.symbol!.transitional = true;
        return;
      case "option":
        for (const item of option.items) this.#optionItem(item.name.text, item.value?.text, menu.symbol!, location);
        return;
      default:
        return option satisfies never;
    }
  }

  #prompt(prompt: WordNode, condition: ExpressionNode | undefined, location: Location): void {
    const text = this.#text(prompt, location);
    this.#menus.addPrompt("prompt", text, location, this.#condition(condition, location));
  }

  #help(option: Extract<OptionNode, { kind: "help" }>, menu: TreeMenu, location: Location): void {
    const { text } = this.#file;
    // Linux notices it behind the text.
    const behind = (words: string): { line: number; text: string } => ({
      line: this.#dialect.syntax.pathWords ? location.line : new LineTable(text).position(option.body.end).line,
      text: words,
    });
    const name = menu.symbol === undefined || menu.symbol.name === "" ? "<choice>" : menu.symbol.name;
    const severity = this.#dialect.syntax.strictEntries ? "error" : "warning";
    if (menu.help !== undefined) {
      const message = `'${name}' has more than one help text; the last one counts.`;
      const conf = ` warning: '${name}' defined with more than one help text -- only the last one will be used`;
      this.#report(severity, "help-repeated", location, message, undefined, behind(conf));
    }
    if (text.slice(option.body.start, option.body.end).trim() === "") {
      const conf = ` warning: '${name}' defined with blank help text`;
      this.#report(severity, "help-empty", location, `The help text of '${name}' is blank.`, undefined, behind(conf));
    }
    menu.setHelp(text, option.body);
  }

  #optionItem(name: string, value: string | undefined, symbol: TreeSymbol, location: Location): void {
    switch (name) {
      case "modules":
        return this.#setModules(symbol, location);
      case "defconfig_list":
        symbol.noWrite = true;
        return;
      case "allnoconfig_y":
        symbol.allNoConfigY = true;
        return;
      case "env":
        // With macros, only Kconfiglib has it.
        if (this.#dialect.syntax.macros && !this.#dialect.semantics.kconfiglib) break;
        return this.#setEnvironment(symbol, value ?? "", location);
      default:
    }
    const conf = ` warning: ignoring unknown option ${name}`;
    this.#report("warning", "invalid-option", location, `The option "${name}" is ignored.`, undefined, conf);
  }

  #setModules(symbol: TreeSymbol, location: Location): void {
    if (this.#modules !== undefined) {
      const message = `${symbol.name} redefines the modules symbol, which is ${this.#modules.name}.`;
      this.#report("error", "redefined-option", location, message);
    }
    this.#modules = symbol;
  }

  #setEnvironment(symbol: TreeSymbol, variable: string, location: Location): void {
    symbol.noWrite = true;
    if (symbol.environment !== undefined) {
      if (symbol.environment === variable) return;
      const message = `${symbol.name} comes from the environment variable ${symbol.environment} already.`;
      const conf = `warning: redefining environment symbol from ${symbol.environment}`;
      this.#report("warning", "redefined-option", location, message, undefined, atEntry(symbol, conf));
      return;
    }
    symbol.environment = variable;
    this.#table.constant(variable);
    const value = variableOf(this.#env, variable);
    if (value === undefined) {
      const message = `The environment variable ${variable} is not set.`;
      const conf = `warning: environment variable ${variable} undefined`;
      this.#report("warning", "environment-unset", location, message, undefined, atEntry(symbol, conf));
    } else this.#addDefault(symbol, value, location);
  }

  #addDefault(symbol: TreeSymbol, text: string, location: Location): void {
    this.#menus.addDefault(symbol, location, this.#pool.symbol(this.#table.constant(text).id));
  }

  #condition(node: ExpressionNode | undefined, location: Location): Expression {
    return node === undefined ? NONE : this.#expression(node, location);
  }

  #expression(node: ExpressionNode, location: Location): Expression {
    return convertExpression(this.#pool, node, (word) => this.#symbol(word, location).id);
  }

  #symbol(word: WordNode, location: Location): TreeSymbol {
    const text = this.#text(word, location);
    return word.quoted ? this.#table.constant(text) : this.#table.plain(text);
  }

  #text(word: WordNode, location: Location): string {
    if (!word.macro) return word.text;
    const text = this.#words.expand(word, location);
    // C's scanner passes over it, and the line is short of a word.
    if (text === "" && !word.quoted) this.#report("error", "macro-empty", location, `${word.text} expands to nothing.`);
    return text;
  }

  /** `$NAME` replaced by the value that the symbol NAME has so far, where the dialect does so. */
  #symbolsIn(text: string): string {
    return this.#dialect.semantics.symbolsInStrings ? withSymbols(text, this.#table, this.#pool) : text;
  }
}
