import { isDecimal, isHexadecimal } from "../base/numbers.js";
import type { Diagnostic, DiagnosticCode } from "../base/diagnostics.js";
import { preferMember, type UserValues } from "../evaluate/values.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import { rawString, readConfigLine, unquoteValue } from "./line.js";

/** Whose values the lines of a .config are to become. */
export interface AssignTarget {
  readonly tree: KconfigTree;
  readonly user: UserValues;
}

/** What the lines of a .config came to, nothing evaluated yet. */
export interface AssignedLines {
  readonly diagnostics: readonly Diagnostic[];
  /** Names that the tree does not define. */
  readonly unknown: readonly string[];
  /** How many of the diagnostics are warnings to the C tool. */
  readonly warnings: number;
}

/** Takes the values of a text in place of those of the user (conf_read_simple of C). */
export function assignConfigLines(target: AssignTarget, text: string, path: string): AssignedLines {
  forgetUserValues(target);
  const assigner = new LineAssigner(target, path);
  assigner.assign(text);
  return assigner;
}

/** How much of a line a diagnostic shows. */
const excerptLimit = 200;

const wanted: Readonly<Record<KconfigSymbol["type"], string>> = {
  bool: "y or n",
  tristate: "y, m or n",
  int: "a decimal number",
  hex: "a hexadecimal number",
  string: "a text in quotes",
  unknown: "nothing",
};

interface Details {
  readonly column?: number;
  readonly hint?: string;
}

class LineAssigner implements AssignedLines {
  readonly diagnostics: Diagnostic[] = [];
  readonly unknown: string[] = [];
  warnings = 0;
  readonly #target: AssignTarget;
  readonly #path: string;
  #line = 0;
  #excerpt = "";

  constructor(target: AssignTarget, path: string) {
    this.#target = target;
    this.#path = path;
  }

  assign(text: string): void {
    const { prefix } = this.#target.tree.dialect;
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf("\n", start);
      const end = newline < 0 ? text.length : newline;
      this.#line++;
      this.#excerpt = text.slice(start, end);
      start = end + 1;
      const content = readConfigLine(this.#excerpt, prefix);
      if (content.kind === "unexpected") {
        // C says nothing where names have no prefix, and then the file does not count as changed either.
        if (prefix !== "") this.warnings++;
        this.#report(
          "warning",
          "config-unexpected-data",
          `The line assigns nothing: ${JSON.stringify(this.#excerpt.slice(0, excerptLimit))}.`,
          { hint: `Lines are ${prefix}NAME=value, "# ${prefix}NAME is not set", or comments.` },
        );
      } else if (content.kind === "set") this.#assign(content.name, content.raw, false);
      else if (content.kind === "unset") this.#assign(content.name, "n", true);
    }
  }

  #assign(name: string, raw: string, unset: boolean): void {
    const { tree, user } = this.#target;
    if (unset && !this.#isUnset(tree.dialect.files.unset)) return;
    const symbol = tree.internals.table.find(name);
    if (symbol === undefined) {
      this.unknown.push(name);
      this.#report(
        "information",
        "config-undefined-symbol",
        `The tree has no symbol ${name}; the line has no effect.`,
        {
          hint: "Take the line out, or look up what the symbol is called now.",
        },
      );
      return;
    }
    if (user.has[symbol.id] === 1) {
      this.#warn("config-reassigned", `${name} is assigned again; the last value counts.`, {
        hint: "Take the other line out.",
      });
    }
    const logic = symbol.type === "bool" || symbol.type === "tristate";
    if (unset && tree.dialect.files.unsetIgnoresStrings && !logic) return;
    if (!this.#setValue(symbol, raw)) return;
    if (symbol.choice === undefined) return;
    if (tree.dialect.semantics.choice === "modern") preferMember(user, symbol.choice, symbol);
    else this.#noteChoice(symbol, symbol.choice);
  }

  #isUnset(rule: "loose" | "prefix" | "exact"): boolean {
    if (rule === "loose") return true;
    return this.#excerpt[1] === " " && (rule === "prefix" || /is not set\r?$/.test(this.#excerpt));
  }

  /** Takes the value; false, with a warning, where the symbol's type does not allow it. */
  #setValue(symbol: KconfigSymbol, raw: string): boolean {
    const { user } = this.#target;
    const { id, type } = symbol;
    if (type === "bool" || type === "tristate") {
      const value = raw[0] === "y" ? 2 : raw[0] === "n" ? 0 : raw[0] === "m" && type === "tristate" ? 1 : undefined;
      if (value === undefined) return this.#invalid(symbol, raw);
      user.tri[id] = value;
      user.has[id] = 1;
      return true;
    }
    if (type === "unknown") return true;
    let text: string | undefined = raw;
    if (type === "string") {
      if (!raw.startsWith('"')) return true;
      text = this.#target.tree.dialect.files.rawStrings ? rawString.unquote(raw) : unquoteValue(raw);
      if (text === undefined) {
        this.#warn("config-invalid-value", `The string for ${symbol.name} has no closing quote.`, {
          ...this.#atValue(),
          hint: "End the value with a quote; a quote within it needs a backslash before it.",
        });
        return false;
      }
    } else if (type === "int" ? !isDecimal(raw) : !isHexadecimal(raw)) return this.#invalid(symbol, raw);
    user.text[id] = text;
    user.has[id] = 1;
    return true;
  }

  #invalid(symbol: KconfigSymbol, raw: string): false {
    this.#warn(
      "config-invalid-value",
      `${JSON.stringify(raw.slice(0, excerptLimit))} is no value for ${symbol.name}, which is ${symbol.type}.`,
      { ...this.#atValue(), hint: `It takes ${wanted[symbol.type]}.` },
    );
    return false;
  }

  #noteChoice(member: KconfigSymbol, choice: KconfigSymbol): void {
    const { user } = this.#target;
    const value = user.tri[member.id]!;
    const state = user.tri[choice.id]!;
    const { kconfiglib } = this.#target.tree.dialect.semantics;
    if (value === 1 && state === 2) {
      this.#warn("config-choice-conflict", `${member.name}=m does not go with the other members of its choice.`);
      user.has[choice.id] = kconfiglib ? 1 : 0;
    }
    if (value === 2) {
      if (state !== 0) this.#warn("config-choice-conflict", `${member.name}=y takes the choice from another member.`);
      user.member[choice.id] = member.id;
    }
    user.tri[choice.id] = kconfiglib && value !== 0 ? value : Math.max(state, value);
  }

  #atValue(): Details {
    return { column: this.#excerpt.indexOf("=") + 2 };
  }

  #warn(code: DiagnosticCode, message: string, details: Details = {}): void {
    this.warnings++;
    this.#report("warning", code, message, details);
  }

  #report(severity: Diagnostic["severity"], code: DiagnosticCode, message: string, details: Details = {}): void {
    const excerpt = this.#excerpt.slice(0, excerptLimit).replace(/\r$/, "");
    this.diagnostics.push({
      code,
      severity,
      message,
      path: this.#path,
      line: this.#line,
      column: 1,
      excerpt,
      ...details,
    });
  }
}

/** Forgets what the user has set; legacy choices then count as set, to n, until their members say otherwise. */
function forgetUserValues({ user, tree }: AssignTarget): void {
  const { symbols } = tree.internals.table;
  const legacy = tree.dialect.semantics.choice === "legacy";
  user.priority.clear();
  user.tri.fill(0);
  user.text.fill(undefined);
  user.member.fill(-1);
  for (const symbol of symbols) user.has[symbol.id] = symbol.isChoice && legacy ? 1 : 0;
}
