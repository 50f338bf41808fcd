import type { Program, SymbolRules } from "../../evaluate/program.js";
import * as Type from "../../evaluate/types.js";
import { preferMember, type UserValues } from "../../evaluate/values.js";
import type { LazyValues } from "./lazy-values.js";

/** The values of a tool of any age, as far as answers and files change them. */
export interface AnsweredValues {
  readonly program: Program;
  readonly user: UserValues;
  /** True where choices are of the modern kind. */
  readonly modern: boolean;
  readonly tri: Uint8Array;
  readonly text: readonly string[];
  readonly visible: Uint8Array;
  readonly selected: Uint8Array;
  readonly write: Uint8Array;
  isLogic(symbol: number): boolean;
  rules(symbol: number): SymbolRules;
  typeOf(symbol: number): number;
  /** True where what implies a symbol keeps it from being m. */
  isPromoted(symbol: number): boolean;
  /** True where an int, hex or string symbol takes the text (sym_string_within_range of C). */
  takesText(symbol: number, text: string): boolean;
  invalidate(): void;
}

/** True where a symbol is what the file says, or neither has it. */
export function isSaved(values: AnsweredValues, symbol: number): boolean {
  const { user } = values;
  const has = user.has[symbol] === 1;
  const written = values.write[symbol] === 1;
  if (!has || !written) return has === written;
  if (values.isLogic(symbol)) return user.tri[symbol] === values.tri[symbol];
  return user.text[symbol] === values.text[symbol];
}

/** True where the user may give a bool or tristate symbol this value (sym_tristate_within_range of C). */
export function takesTristate(values: AnsweredValues, symbol: number, value: number): boolean {
  const visible = values.visible[symbol]!;
  const selected = values.selected[symbol]!;
  const type = values.typeOf(symbol);
  if (visible === 0 || (type !== Type.bool && type !== Type.tristate)) return false;
  if ((type === Type.bool && value === 1) || visible <= selected) return false;
  if (value === 1 && values.isPromoted(symbol)) return false;
  if (!values.modern && values.rules(symbol).choice >= 0 && visible === 2) return value === 2;
  return value >= selected && value <= visible;
}

/** Sets a bool or tristate symbol; false where it cannot have the value (sym_set_tristate_value of C). */
export function answerTristate(values: AnsweredValues, symbol: number, value: number): boolean {
  const { user, modern } = values;
  const before = values.tri[symbol]!;
  if ((modern || before !== value) && !takesTristate(values, symbol, value)) return false;
  user.has[symbol] = 1;
  const { choice } = values.rules(symbol);
  if (!modern && choice >= 0 && value === 2) {
    user.member[choice] = symbol;
    user.has[choice] = 1;
    for (const member of values.rules(choice).members) if (values.visible[member] !== 0) user.has[member] = 1;
  }
  user.tri[symbol] = value;
  if (before !== value) values.invalidate();
  return true;
}

/** Sets an int, hex or string symbol; false where it does not take the text (sym_set_string_value of C). */
export function answerText(values: AnsweredValues, symbol: number, text: string): boolean {
  const { user } = values;
  if (!values.takesText(symbol, text)) return false;
  user.has[symbol] = 1;
  const bare = values.program.types[symbol] === Type.hex && !/^0[xX]/.test(text);
  if (!bare && user.text[symbol] === text) return true;
  user.text[symbol] = bare ? `0x${text}` : text;
  values.invalidate();
  return true;
}

/** Chooses a member: the visible members of a modern choice all count as answered then (choice_set_value of C). */
export function answerChoice(values: LazyValues, choice: number, chosen: number): void {
  if (!values.modern) {
    answerTristate(values, chosen, 2);
    return;
  }
  const { user, tri, symbols } = values;
  let changed = false;
  for (const member of values.rules(choice).members) {
    if (values.visible[member] === 0) continue;
    const value = member === chosen ? 2 : 0;
    changed ||= tri[member] !== value;
    user.tri[member] = value;
    user.has[member] = 1;
    preferMember(user, symbols[choice]!, symbols[member]!);
  }
  if (changed) values.invalidate();
}
