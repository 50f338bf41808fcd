import { Type } from "../../evaluate/program.js";
import { preferMember } from "../../evaluate/values.js";
import type { LazyValues } from "./lazy-values.js";
import { takesText } from "./range.js";

/** True where the user may give a bool or tristate symbol this value (sym_tristate_within_range of C). */
export function takesTristate(values: LazyValues, symbol: number, value: number): boolean {
  const visible = values.visible[symbol]!;
  const selected = values.selected[symbol]!;
  const type = values.typeOf(symbol);
  if (visible === 0 || (type !== Type.bool && type !== Type.tristate)) return false;
  if ((type === Type.bool && value === 1) || visible <= selected) return false;
  const { imply } = values.tree.dialect.semantics;
  if (imply === "promote" && values.implied[symbol] === 2 && value === 1) return false;
  if (!values.modern && values.rules(symbol).choice >= 0 && visible === 2) return value === 2;
  return value >= selected && value <= visible;
}

/** Sets a bool or tristate symbol; false where it cannot have the value (sym_set_tristate_value of C). */
export function answerTristate(values: LazyValues, symbol: number, value: number): boolean {
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
export function answerText(values: LazyValues, symbol: number, text: string): boolean {
  const { user } = values;
  if (!takesText(values, symbol, text)) return false;
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
