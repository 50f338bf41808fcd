import { DiagnosticSink, type Diagnostic, type Report } from "../base/diagnostics.js";
import { nearestNames } from "../base/nearest-names.js";
import type { Dialect, Keyword } from "../dialect/dialect.js";
import type { ChoiceNode, FileNode, IfNode, MenuNode, OptionNode, StatementNode } from "./ast.js";
import { refusedByChoice } from "./choice-options.js";
import { LineReader } from "./line-reader.js";
import { Names } from "./names.js";
import { parseExpression } from "./parse-expression.js";
import { bareWord, parseOption, parsePrompt } from "./parse-option.js";
import * as Token from "./token-kinds.js";

/** A node under construction: its lists still grow. */
type Mutable<Node> = { -readonly [Key in keyof Node]: Node[Key] };
type OpenBlock = Mutable<ChoiceNode> | Mutable<MenuNode> | Mutable<IfNode>;

/** What takes options. */
interface Owner {
  readonly kind: string;
  options: readonly OptionNode[];
  end: number;
}

/** What the options of everything that has none are. */
const none: readonly OptionNode[] = [];

/** The options that a kind of node takes; all else is reported. */
const isConfigOption = (kind: OptionNode["kind"]): boolean => kind !== "visible" && kind !== "optional";
const allowedOptions: Readonly<Record<string, (kind: OptionNode["kind"]) => boolean>> = {
  config: isConfigOption,
  menuconfig: isConfigOption,
  configdefault: (kind) => kind === "default",
  choice: (kind) => ["prompt", "type", "optional", "default", "depends", "help"].includes(kind),
  menu: (kind) => kind === "visible" || kind === "depends",
  comment: (kind) => kind === "depends",
};

const endKeywords: Readonly<Record<OpenBlock["kind"], Keyword>> = { menu: "endmenu", choice: "endchoice", if: "endif" };

/**
 * Parses one file. Every mistake is reported and its line left out, so that the rest of the file is still read. `names` are
 * the words of the files that belong together.
 */
export function parseFile(
  text: string,
  path: string,
  dialect: Dialect,
  names: Names = new Names(),
): { file: FileNode; diagnostics: Diagnostic[] } {
  const sink = new DiagnosticSink(text, path);
  const statements = new FileParser(text, dialect, sink, names).parse();
  checkLineEnds(text, dialect, sink, statements.at(-1));
  return { file: { kind: "file", path, text, statements }, diagnostics: sink.diagnostics };
}

/** Reports what the C tools take for a character like others, and what Linux' tool misses at the end. */
function checkLineEnds(text: string, { syntax }: Dialect, sink: DiagnosticSink, last: StatementNode | undefined): void {
  const carriageReturn = text.indexOf("\r");
  if (carriageReturn >= 0) {
    const message = "The lines end with a carriage return, which is a character like others to C's tool.";
    sink.warning("carriage-return", carriageReturn, message, "Convert the file.");
  }
  if (text === "" || text.endsWith("\n")) return;
  // Nor does it miss any at the end of a help text.
  if (last !== undefined && "options" in last && last.options.at(-1)?.kind === "help") return;
  const severity = syntax.pathWords ? "information" : "warning";
  sink.add(severity, "missing-newline-at-end", text.length, "The last line has no end.", "Add a line end.");
}

class FileParser {
  readonly #reader: LineReader;
  readonly #dialect: Dialect;
  readonly #sink: DiagnosticSink;
  readonly #statements: StatementNode[] = [];
  readonly #blocks: OpenBlock[] = [];
  /** The node that options on the next lines belong to. */
  #owner: Owner | undefined;
  /** Its options so far; an array that grew with each node would be three times as long as it has to be. */
  readonly #options: OptionNode[] = [];
  #count = 0;

  constructor(text: string, dialect: Dialect, sink: DiagnosticSink, names: Names) {
    this.#dialect = dialect;
    this.#sink = sink;
    const report: Report = (code, offset, message, hint) =>
      sink.add(code === "unknown-character" ? "warning" : "error", code, offset, message, hint);
    this.#reader = new LineReader(text, dialect.syntax, report, names);
  }

  parse(): StatementNode[] {
    const reader = this.#reader;
    while (reader.advance()) {
      const keyword = reader.keyword();
      if (keyword === undefined) this.#unknownLine();
      else {
        const offset = reader.offset;
        reader.skip();
        if (!this.#statement(keyword)) this.#option(keyword, offset);
      }
    }
    this.#own(undefined);
    for (const block of this.#blocks.reverse()) {
      const opening = block.kind;
      this.#sink.error(
        "missing-end",
        block.start,
        `This ${opening} is not ended.`,
        `Add ${endKeywords[opening]} in the same file.`,
      );
      block.end = reader.text.length;
    }
    return this.#statements;
  }

  /** Parses the line as a statement; false where the keyword starts none. */
  #statement(keyword: Keyword): boolean {
    const reader = this.#reader;
    const { line, start, end } = reader;
    switch (keyword) {
      case "config":
      case "menuconfig":
      case "configdefault": {
        if (keyword === "menuconfig") this.#refuseInChoice(keyword);
        const name = bareWord(reader, "the name of a symbol");
        if (name === undefined || !reader.expectEnd()) this.#own({ kind: "config", options: none, end: 0 });
        else this.#add(this.#own({ kind: keyword, line, start, end, name, options: none }));
        return true;
      }
      case "choice": {
        const named = this.#dialect.semantics.choice === "legacy" && reader.kind !== undefined;
        const name = named ? bareWord(reader, "a name or the end of the line") : undefined;
        if (reader.kind !== undefined) reader.expectEnd();
        this.#open(this.#own({ kind: keyword, line, start, end, name, options: none, children: [] }));
        return true;
      }
      case "menu": {
        const title = parsePrompt(reader) ?? missingWord(reader);
        reader.expectEnd();
        this.#open(this.#own({ kind: keyword, line, start, end, title, options: none, children: [] }));
        return true;
      }
      case "comment": {
        const title = parsePrompt(reader);
        if (title === undefined || !reader.expectEnd()) this.#own({ kind: "comment", options: none, end: 0 });
        else this.#add(this.#own({ kind: keyword, line, start, end, title, options: none }));
        return true;
      }
      case "if": {
        this.#own(undefined);
        const condition = parseExpression(reader) ?? missingWord(reader);
        reader.expectEnd();
        this.#open({ kind: keyword, line, start, end, condition, children: [] });
        return true;
      }
      case "endmenu":
      case "endchoice":
      case "endif":
        this.#own(undefined);
        this.#close(keyword);
        return true;
      case "source":
      case "rsource":
      case "osource":
      case "orsource": {
        this.#own(undefined);
        // coreboot, whose sources have wildcards, has them in choices too.
        if (this.#dialect.syntax.wildcards === false) this.#refuseInChoice(keyword);
        const path = parsePrompt(reader);
        if (path === undefined || !reader.expectEnd()) return true;
        const [relative, optional] = [keyword.endsWith("rsource"), keyword.startsWith("o")];
        this.#add({ kind: "source", line, start, end, path, relative, optional });
        return true;
      }
      case "mainmenu": {
        this.#own(undefined);
        const title = parsePrompt(reader);
        if (title !== undefined && reader.expectEnd()) this.#add({ kind: keyword, line, start, end, title });
        return true;
      }
      default:
        return false;
    }
  }

  #option(keyword: Keyword, offset: number): void {
    const option = parseOption(this.#reader, keyword);
    const owner = this.#owner;
    if (option === undefined) return;
    if (owner === undefined) {
      this.#sink.error(
        "invalid-statement",
        offset,
        `"${keyword.replace("-", " ")}" stands below no config, choice, menu or comment.`,
      );
      return;
    }
    const refused = owner.kind === "choice" ? refusedByChoice(option, this.#dialect, this.#reader.text) : undefined;
    if (refused !== undefined) {
      this.#sink.error("invalid-option", offset, refused);
      return;
    }
    if (!allowedOptions[owner.kind]!(option.kind)) {
      this.#sink.error("invalid-option", offset, `A ${owner.kind} takes no "${option.kind}".`);
      return;
    }
    const late =
      option.kind === "visible" && this.#options.some(({ kind }, index) => index < this.#count && kind === "depends");
    if (late && this.#dialect.syntax.visibleFirst) {
      const hint = "Put visible if before depends on.";
      this.#sink.error("invalid-option", offset, "The visibility of a menu stands before its dependencies.", hint);
      return;
    }
    this.#options[this.#count++] = option;
    owner.end = option.end;
  }

  /** A line whose first word is no keyword: an assignment, a macro, or a mistake. */
  #unknownLine(): void {
    const reader = this.#reader;
    const place = { line: reader.line, start: reader.start, end: reader.end };
    const offset = reader.offset;
    if (reader.kind !== Token.word) {
      reader.report("invalid-statement", offset, `${JSON.stringify(reader.spelling())} starts no statement.`);
      return;
    }
    if (this.#dialect.syntax.macros) {
      const next = reader.nextKind;
      if (next === Token.equal || next === Token.colonEqual || next === Token.plusEqual) {
        this.#refuseBehindHelp(offset);
        this.#own(undefined);
        this.#refuseInChoice("assignment");
        const name = reader.word("a name");
        if (name === undefined) return;
        const operator = reader.spelling() as "=" | ":=" | "+=";
        const from = reader.offset + operator.length;
        const newline = reader.text.indexOf("\n", from);
        const value = reader.text.slice(from, newline < 0 ? undefined : newline).replace(/^[ \t]+/, "");
        this.#add({ ...place, kind: "assignment", name, operator, value });
        return;
      }
      const word = reader.word("a statement");
      if (word === undefined) return;
      if (word.macro && reader.kind === undefined) {
        this.#add({ ...place, kind: "macro", word });
        return;
      }
    }
    const spelling = reader.text.slice(offset).match(/^[\w/.$-]+/)?.[0] ?? "";
    const [nearest] = nearestNames(spelling, Object.keys(this.#dialect.syntax.keywords), 1);
    const hint = nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
    if (this.#owner === undefined)
      reader.report("invalid-statement", offset, `"${spelling}" starts no statement.`, hint);
    else reader.report("invalid-option", offset, `"${spelling}" is no option.`, hint);
  }

  /** What follows are the options of this node; those of the one before are complete. */
  #own<Node extends Owner | undefined>(node: Node): Node {
    if (this.#count > 0) this.#owner!.options = this.#options.slice(0, this.#count);
    this.#count = 0;
    this.#owner = node;
    return node;
  }

  #add(node: StatementNode): void {
    const block = this.#blocks.at(-1);
    ((block?.children ?? this.#statements) as StatementNode[]).push(node);
  }

  /** True for the grammar of Linux since 4.18, which the older tools do not share. */
  get #isLinux(): boolean {
    const { macros, pathWords } = this.#dialect.syntax;
    return macros && !pathWords;
  }

  /** Linux' scanner knows an assignment by the line end before it, and a help text has eaten that. */
  #refuseBehindHelp(offset: number): void {
    const behind = this.#owner !== undefined && this.#options[this.#count - 1]?.kind === "help";
    if (!behind || !this.#isLinux || this.#dialect.semantics.kconfiglib) return;
    const hint = "Put it before the entry, or another statement between.";
    this.#sink.error(
      "invalid-statement",
      offset,
      "An assignment right behind a help text is none to Linux' tool.",
      hint,
    );
  }

  /** Linux' choices hold configs, comments and ifs, and nothing else. */
  #refuseInChoice(what: string): void {
    if (!this.#isLinux || this.#dialect.semantics.kconfiglib) return;
    if (!this.#blocks.some(({ kind }) => kind === "choice")) return;
    this.#sink.error("invalid-statement", this.#reader.start, `A choice holds no ${what}.`);
  }

  #open(block: OpenBlock): void {
    // An if within a choice is one like others to the older tools; a choice in it they do not survive.
    const innermost = block.kind === "menu" && !this.#isLinux && !this.#dialect.semantics.early;
    const around = innermost ? this.#blocks.slice(-1) : this.#blocks;
    if (block.kind !== "if" && around.some(({ kind }) => kind === "choice")) {
      this.#sink.error(
        "invalid-statement",
        block.start,
        `A choice holds no ${block.kind}.`,
        "End the choice with endchoice first.",
      );
    }
    this.#add(block);
    this.#blocks.push(block);
  }

  #close(keyword: Keyword): void {
    const reader = this.#reader;
    const offset = reader.start;
    const block = this.#blocks.at(-1);
    if (block === undefined) {
      this.#sink.error("mismatched-end", offset, `"${keyword}" ends nothing.`);
      return;
    }
    if (endKeywords[block.kind] !== keyword) {
      this.#sink.error(
        "mismatched-end",
        offset,
        `"${keyword}" stands in a ${block.kind} of line ${block.line}.`,
        `Add ${endKeywords[block.kind]} before it.`,
      );
      // Close up to the block that the keyword ends, if there is one: the rest of the file then reads as it was meant.
      const match = this.#blocks.findLastIndex((open) => endKeywords[open.kind] === keyword);
      if (match < 0) return;
      for (const open of this.#blocks.splice(match)) open.end = reader.end;
      return;
    }
    reader.expectEnd();
    block.end = reader.end;
    this.#blocks.pop();
  }
}

/** Stands in for a title or a condition that could not be read, so that the block is still there. */
function missingWord(reader: LineReader): {
  kind: "word";
  start: number;
  end: number;
  text: string;
  quoted: true;
  macro: false;
} {
  const at = reader.offset;
  return { kind: "word", start: at, end: at, text: "", quoted: true, macro: false };
}
