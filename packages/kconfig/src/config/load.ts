import { isDecimal, isHexadecimal, parseNumber } from "../base/numbers.js";
import type { Diagnostic, DiagnosticCode } from "../base/diagnostics.js";
import type { Engine } from "../evaluate/engine.js";
import { preferMember } from "../evaluate/values.js";
import { Type } from "../evaluate/program.js";
import { hashOrder } from "../model/symbol-table.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { readConfigLine, unquoteValue } from "./line.js";

/** What loading a .config has found. */
export interface LoadReport {
  /** What the C tool warns about, and unknown symbols, which it passes over in silence. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names that the tree does not define. */
  readonly unknown: readonly string[];
  /** True where the evaluated configuration differs from what the file says. */
  readonly changed: boolean;
}

/**
 * Loads the text of a .config or defconfig in place of all values of the user, and evaluates: conf_read of C. As there,
 * some values that are found to be void are forgotten only after they were evaluated with the others.
 */
export function loadConfig(engine: Engine, text: string, path: string): LoadReport {
  const loader = new Loader(engine, path);
  return loader.load(text);
}

/**
 * Takes the values of a text in place of those of the user, without the checks that follow in `loadConfig`:
 * conf_read_simple of C. Returns what it warns about.
 */
export function seedConfig(engine: Engine, text: string, path: string): readonly Diagnostic[] {
  const loader = new Loader(engine, path);
  return loader.seed(text);
}

class Loader {
  readonly #engine: Engine;
  readonly #path: string;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #unknown: string[] = [];
  #warnings = 0;
  #line = 0;
  #excerpt = "";

  constructor(engine: Engine, path: string) {
    this.#engine = engine;
    this.#path = path;
  }

  load(text: string): LoadReport {
    const engine = this.#engine;
    forgetUserValues(engine);
    this.assignLines(text);
    engine.invalidate();
    engine.update();
    const legacy = engine.tree.dialect.semantics.choice === "legacy";
    const unsaved = legacy ? this.#forgetVoidValues(this.#countUnsaved()) : this.#countUnsaved();
    const changed = this.#unknown.length > 0 || this.#warnings > 0 || unsaved > 0;
    return { diagnostics: this.#diagnostics, unknown: this.#unknown, changed };
  }

  seed(text: string): readonly Diagnostic[] {
    forgetUserValues(this.#engine);
    this.assignLines(text);
    this.#engine.invalidate();
    return this.#diagnostics;
  }

  assignLines(text: string): void {
    const { prefix } = this.#engine.tree.dialect;
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf("\n", start);
      const end = newline < 0 ? text.length : newline;
      this.#line++;
      this.#excerpt = text.slice(start, end);
      start = end + 1;
      const content = readConfigLine(this.#excerpt, prefix);
      if (content.kind === "unexpected") {
        // C says nothing where names have no prefix, and then the file does not count as changed either.
        if (prefix !== "") this.#warnings++;
        this.#report(
          "warning",
          "config-unexpected-data",
          `The line assigns nothing: ${JSON.stringify(this.#excerpt)}.`,
        );
      } else if (content.kind === "set") this.#assign(content.name, content.raw, false);
      else if (content.kind === "unset") this.#assign(content.name, "n", true);
    }
  }

  #assign(name: string, raw: string, unset: boolean): void {
    const { tree, user } = this.#engine;
    if (unset && !this.#isUnset(tree.dialect.files.unset)) return;
    const symbol = tree.internals.table.find(name);
    if (symbol === undefined) {
      this.#unknown.push(name);
      this.#report("information", "config-undefined-symbol", `The tree has no symbol ${name}; the line has no effect.`);
      return;
    }
    if (user.has[symbol.id] === 1) this.#warn("config-reassigned", `${name} is assigned again; the last value counts.`);
    const logic = this.#engine.isLogic(symbol.id);
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
    const { user } = this.#engine;
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
      text = unquoteValue(raw);
      if (text === undefined) {
        this.#warn("config-invalid-value", `The string for ${symbol.name} has no closing quote.`);
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
      `${JSON.stringify(raw)} is no value for ${symbol.name}, which is ${symbol.type}.`,
    );
    return false;
  }

  #noteChoice(member: KconfigSymbol, choice: KconfigSymbol): void {
    const { user } = this.#engine;
    const value = user.tri[member.id]!;
    const state = user.tri[choice.id]!;
    if (value === 1 && state === 2) {
      this.#warn("config-choice-conflict", `${member.name}=m does not go with the other members of its choice.`);
      user.has[choice.id] = 0;
    }
    if (value === 2) {
      if (state !== 0) this.#warn("config-choice-conflict", `${member.name}=y takes the choice from another member.`);
      user.member[choice.id] = member.id;
    }
    user.tri[choice.id] = Math.max(state, value);
  }

  /** How many symbols have a value that the file did not give them. */
  #countUnsaved(): number {
    const { user, values, evaluator, symbols } = this.#engine;
    let count = 0;
    for (const symbol of symbols) {
      if (symbol.isChoice || symbol.noWrite || symbol.isConstant) continue;
      const { id } = symbol;
      const has = user.has[id] === 1;
      const write = values.write[id] === 1;
      if (!has && !write) continue;
      if (has && write) {
        const same = this.#engine.isLogic(id)
          ? user.tri[id] === values.tri[id]
          : user.text[id] === evaluator.textOf(id);
        if (same) continue;
      }
      count++;
    }
    return count;
  }

  #forgetVoidValues(unsaved: number): number {
    const { user, values, tree, symbols } = this.#engine;
    let count = unsaved;
    const refreshed = new Set<number>();
    for (const symbol of hashOrder(symbols, tree.dialect.files.hashSize)) {
      const { id } = symbol;
      if (user.has[id] === 0 || symbol.choice !== undefined) continue;
      if (values.visible[id] === 0 && count === 0) user.has[id] = 0;
      if (symbol.type !== "int" && symbol.type !== "hex") continue;
      if (isWithinRange(this.#engine, id, user.text[id] ?? "")) continue;
      user.has[id] = 0;
      this.#engine.refresh(refreshed.add(id));
      count++;
    }
    this.#engine.invalidateLater();
    return count;
  }

  #warn(code: DiagnosticCode, message: string): void {
    this.#warnings++;
    this.#report("warning", code, message);
  }

  #report(severity: Diagnostic["severity"], code: DiagnosticCode, message: string): void {
    const place = { path: this.#path, line: this.#line, column: 1, excerpt: this.#excerpt.slice(0, 200) };
    this.#diagnostics.push({ code, severity, message, ...place });
  }
}

/** Forgets what the user has set; legacy choices then count as set, to n, until their members say otherwise. */
function forgetUserValues(engine: Engine): void {
  const { user, symbols, tree } = engine;
  const legacy = tree.dialect.semantics.choice === "legacy";
  user.priority.clear();
  user.tri.fill(0);
  user.text.fill(undefined);
  user.member.fill(-1);
  for (const symbol of symbols) user.has[symbol.id] = symbol.isChoice && legacy ? 1 : 0;
}

/** True where the text is a number within the range that counts now. */
export function isWithinRange(engine: Engine, symbol: number, text: string): boolean {
  const type = engine.program.types[symbol]!;
  if (type === Type.int ? !isDecimal(text) : !isHexadecimal(text)) return false;
  const range = engine.evaluator.rangeOf(symbol);
  if (range === undefined) return true;
  const { value } = parseNumber(text, type === Type.int ? 10 : 16);
  const { evaluator } = engine;
  return value >= evaluator.boundOf(range.low, type) && value <= evaluator.boundOf(range.high, type);
}
