import { isDecimal, isHexadecimal } from "../base/numbers.js";
import type { Diagnostic, DiagnosticCode } from "../base/diagnostics.js";
import { preferMember, type UserValues } from "../evaluate/values.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import { rawString, readConfigLine, unquoteValue, type ConfigLine } from "./line.js";

/** Whose values the lines of a .config are to become. */
export interface AssignTarget {
  readonly tree: KconfigTree;
  readonly user: UserValues;
  /** True where strings have no quotes, as in Linux' auto.conf. */
  readonly plainStrings?: boolean;
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
  readonly conf?: string;
}

/** What a line says to the dialect's tool. */
function lineOf(line: string, prefix: string, ended: boolean, rule: "loose" | "prefix" | "exact"): ConfigLine {
  const content = readConfigLine(line, prefix, ended);
  if (rule !== "exact") {
    const nothing = line === "" && !ended;
    if (prefix !== "" && content.kind === "blank" && nothing) return { kind: "unexpected" };
    return prefix !== "" && line.startsWith("\r") ? { kind: "blank" } : content;
  }
  const named = content.kind === "comment" && line.startsWith(prefix);
  return named || (line === "\r" && !ended) ? { kind: "unexpected" } : content;
}

/** Whether the tool takes a line for `# NAME is not set`. */
function isUnset(line: string, ended: boolean, rule: "loose" | "prefix" | "exact"): boolean {
  if (rule === "loose") return true;
  return line[1] === " " && (rule === "prefix" || (ended ? /is not set\r?$/ : /is not set$/).test(line));
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
    const { prefix, files } = this.#target.tree.dialect;
    const hasNul = text.includes("\0");
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf("\n", start);
      const end = newline < 0 ? text.length : newline;
      this.#line++;
      this.#excerpt = text.slice(start, end);
      start = end + 1;
      const line = hasNul ? this.#beforeNul() : this.#excerpt;
      const ended = newline >= 0 && line === this.#excerpt;
      const content = lineOf(line, prefix, ended, files.unset);
      if (content.kind === "unexpected") {
        // C says nothing where names have no prefix, and then the file does not count as changed either.
        if (prefix !== "") this.warnings++;
        const end = files.unset !== "exact" ? /\r[^]*/ : ended ? /\r$/ : /$/;
        this.#report(
          "warning",
          "config-unexpected-data",
          `The line assigns nothing: ${JSON.stringify(this.#excerpt.slice(0, excerptLimit))}.`,
          {
            hint: `Lines are ${prefix}NAME=value, "# ${prefix}NAME is not set", or comments.`,
            ...(prefix === "" ? {} : { conf: this.#words(`unexpected data: ${line.replace(end, "")}`) }),
          },
        );
      } else if (content.kind === "set") this.#assign(content.name, content.raw);
      else if (content.kind === "unset" && isUnset(line, ended, files.unset)) this.#assign(content.name);
    }
  }

  /** The line up to a NUL byte, which ends it for C. */
  #beforeNul(): string {
    const nul = this.#excerpt.indexOf("\0");
    if (nul < 0) return this.#excerpt;
    const hint = "This is no .config, or it is damaged.";
    this.#report("warning", "nul-byte", "What stands behind a NUL byte is ignored.", { column: nul + 1, hint });
    return this.#excerpt.slice(0, nul);
  }

  #words(text: string, severity: "warning" | "notice" = "warning"): string {
    return `${this.#path}:${this.#line}:${severity}: ${text}`;
  }

  /** coreboot's tool makes no warning of it. */
  #override(text: string): string {
    return this.#words(`override: ${text}`, this.#target.tree.dialect.files.overrideNotices ? "notice" : "warning");
  }

  /** Takes a line; without a value that it is not set. */
  #assign(name: string, raw?: string): void {
    const { tree, user } = this.#target;
    const symbol = tree.internals.table.find(name);
    if (symbol === undefined) {
      this.unknown.push(name);
      this.#report(
        "information",
        "config-undefined-symbol",
        `The tree has no symbol ${name}; the line has no effect.`,
        {
          hint: "Take the line out, or look up what the symbol is called now.",
          conf: this.#words(`unknown symbol: ${name}`),
        },
      );
      return;
    }
    if (user.has[symbol.id] === 1) {
      this.#warn("config-reassigned", `${name} is assigned again; the last value counts.`, {
        hint: "Take the other line out.",
        conf: this.#override(`reassigning to symbol ${name}`),
      });
    }
    const logic = symbol.type === "bool" || symbol.type === "tristate";
    if (raw === undefined && tree.dialect.files.unsetIgnoresStrings && !logic) return;
    if (!this.#setValue(symbol, raw ?? "n")) return;
    if (symbol.choice === undefined) return;
    if (tree.dialect.semantics.choice === "modern") preferMember(user, symbol.choice, symbol);
    else this.#noteChoice(symbol, symbol.choice);
  }

  /** Takes the value; false, with a warning, where the symbol's type does not allow it. */
  #setValue(symbol: KconfigSymbol, raw: string): boolean {
    const { user, plainStrings = false } = this.#target;
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
    if (type === "string" && !plainStrings) {
      if (!raw.startsWith('"')) return true;
      text = this.#target.tree.dialect.files.rawStrings ? rawString.unquote(raw) : unquoteValue(raw);
      if (text === undefined) {
        this.#warn("config-invalid-value", `The string for ${symbol.name} has no closing quote.`, {
          ...this.#atValue(),
          conf: this.#words("invalid string found"),
          hint: "End the value with a quote; a quote within it needs a backslash before it.",
        });
        return false;
      }
    } else if ((type === "int" && !isDecimal(raw)) || (type === "hex" && !isHexadecimal(raw)))
      return this.#invalid(symbol, raw);
    user.text[id] = text;
    user.has[id] = 1;
    return true;
  }

  #invalid(symbol: KconfigSymbol, raw: string): false {
    this.#warn(
      "config-invalid-value",
      `${JSON.stringify(raw.slice(0, excerptLimit))} is no value for ${symbol.name}, which is ${symbol.type}.`,
      {
        ...this.#atValue(),
        hint: `It takes ${wanted[symbol.type]}.`,
        conf: this.#words(`symbol value '${raw}' invalid for ${symbol.name}`),
      },
    );
    return false;
  }

  #noteChoice(member: KconfigSymbol, choice: KconfigSymbol): void {
    const { user } = this.#target;
    const value = user.tri[member.id]!;
    const state = user.tri[choice.id]!;
    const { kconfiglib } = this.#target.tree.dialect.semantics;
    if (value === 1 && state === 2) {
      const message = `${member.name}=m does not go with the other members of its choice.`;
      const conf = this.#words(`${member.name} creates inconsistent choice state`);
      this.#warn("config-choice-conflict", message, { conf });
      user.has[choice.id] = kconfiglib ? 1 : 0;
    }
    if (value === 2) {
      if (state !== 0) {
        const conf = this.#override(`${member.name} changes choice state`);
        this.#warn("config-choice-conflict", `${member.name}=y takes the choice from another member.`, { conf });
      }
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
