import { isDecimal, isHexadecimal } from "../../base/numbers.js";
import type { KconfigSymbol } from "../../model/symbol.js";
import { isSaved } from "../values/answer.js";
import type { EarlyValues } from "./early-values.js";

/** C reads a line in pieces of so many bytes. */
const pieceLimit = 1023;

/** Takes the values of a text in place of those of the user, and complains about its lines (conf_read_simple). */
export function readSimple(values: EarlyValues, text: string, path: string, complain: (text: string) => void): number {
  const { user } = values;
  values.forgetAll();
  user.tri.fill(0);
  user.text.fill(undefined);
  user.member.fill(-1);
  for (const { id, isChoice } of values.symbols) user.has[id] = isChoice ? 1 : 0;
  const reader = new LineReader(values, path, complain);
  for (const piece of pieces(text)) reader.read(piece);
  values.calculate(values.tree.internals.modules.id);
  return reader.warnings;
}

function* pieces(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf("\n", from);
    const end = Math.min(newline < 0 ? text.length : newline + 1, from + pieceLimit);
    yield text.slice(from, end);
    from = end;
  }
}

class LineReader {
  warnings = 0;
  readonly #values: EarlyValues;
  readonly #path: string;
  readonly #complain: (text: string) => void;
  #line = 0;

  constructor(values: EarlyValues, path: string, complain: (text: string) => void) {
    this.#values = values;
    this.#path = path;
    this.#complain = complain;
  }

  read(line: string): void {
    this.#line++;
    const first = line[0];
    let symbol: KconfigSymbol | undefined;
    if (first === "#") symbol = this.#unset(line);
    else if (first === "C") symbol = this.#set(line);
    else if (first !== "\n") this.#warn("unexpected data");
    if (symbol?.choice !== undefined) this.#noteChoice(symbol, symbol.choice.id);
  }

  #unset(line: string): KconfigSymbol | undefined {
    if (line.slice(2, 9) !== "CONFIG_") return undefined;
    const blank = line.indexOf(" ", 9);
    if (blank < 0 || !line.startsWith("is not set", blank + 1)) return undefined;
    const [symbol, isNew] = this.#find(line.slice(9, blank));
    if (symbol !== undefined && isNew && this.#values.isLogic(symbol.id)) this.#setTristate(symbol, 0);
    return symbol;
  }

  #set(line: string): KconfigSymbol | undefined {
    if (!line.startsWith("CONFIG_")) {
      this.#warn("unexpected data");
      return undefined;
    }
    const equals = line.indexOf("=", 7);
    if (equals < 0) return undefined;
    const raw = line.endsWith("\n") ? line.slice(equals + 1, -1) : line.slice(equals + 1);
    const [symbol, isNew] = this.#find(line.slice(7, equals));
    if (symbol === undefined || !isNew) return symbol;
    if (this.#values.isLogic(symbol.id)) {
      const value = "nmy".indexOf(raw[0] ?? " ");
      if (value < 0 || (value === 1 && symbol.type === "bool")) this.#invalid(symbol, raw);
      else this.#setTristate(symbol, value);
      return symbol;
    }
    if (symbol.type === "unknown" || (symbol.type === "string" && !raw.startsWith('"'))) return symbol;
    return this.#setText(symbol, raw);
  }

  #setText(symbol: KconfigSymbol, raw: string): KconfigSymbol | undefined {
    let text: string | undefined = raw;
    if (symbol.type === "string") {
      text = /^"((?:[^"\\]|\\.)*)"/s.exec(raw)?.[1]?.replace(/\\(.)/gs, "$1");
      if (text === undefined) {
        this.#warn("invalid string found");
        return undefined;
      }
    } else if (symbol.type === "int" ? !isDecimal(raw) : !isHexadecimal(raw)) {
      if (raw !== "") this.#invalid(symbol, raw);
      return undefined;
    }
    this.#values.user.text[symbol.id] = text;
    this.#values.user.has[symbol.id] = 1;
    return symbol;
  }

  #setTristate({ id }: KconfigSymbol, value: number): void {
    this.#values.user.tri[id] = value;
    this.#values.user.has[id] = 1;
  }

  /** The symbol of a line, and whether no line before was about it. */
  #find(name: string): readonly [symbol: KconfigSymbol | undefined, isNew: boolean] {
    const symbol = this.#values.tree.internals.table.find(name);
    if (symbol === undefined) this.#warn(`trying to assign nonexistent symbol ${name}`);
    else if (this.#values.user.has[symbol.id] === 1) {
      this.#warn(`trying to reassign symbol ${symbol.name}`);
      return [symbol, false];
    }
    return [symbol, true];
  }

  #noteChoice(member: KconfigSymbol, choice: number): void {
    const { user } = this.#values;
    const value = user.tri[member.id]!;
    const state = user.tri[choice]!;
    if ((value === 1 && state === 2) || (value === 2 && state !== 0)) {
      this.#warn(`${member.name} creates inconsistent choice state`);
      user.has[choice] = 0;
    } else if (value === 2) user.member[choice] = member.id;
    user.tri[choice] = Math.max(state, value);
  }

  #invalid(symbol: KconfigSymbol, raw: string): void {
    this.#warn(`symbol value '${raw}' invalid for ${symbol.name}`);
  }

  #warn(text: string): void {
    this.warnings++;
    this.#complain(`${this.#path}:${this.#line}:warning: ${text}\n`);
  }
}

/** Looks which of the values that were read hold, and forgets those that do not (conf_read). */
export function settleRead(values: EarlyValues, warnings: number): void {
  const { user, visible } = values;
  let unsaved = 0;
  for (const { id, isChoice, noWrite, choice, members } of values.program.hashOrder) {
    values.calculate(id);
    if (!isChoice && !noWrite && !isSaved(values, id)) unsaved++;
    if (user.has[id] === 1 && choice === undefined) {
      if (visible[id] === 0) user.has[id] = 0;
      if (!values.isLogic(id) && !values.takesText(id, user.text[id] ?? "")) {
        user.has[id] = 0;
        values.valid[id] = 0;
      }
    }
    if (isChoice && members.some((member) => visible[member.id] !== 0 && user.has[member.id] === 0)) user.has[id] = 0;
  }
  values.changes = warnings + unsaved;
}
