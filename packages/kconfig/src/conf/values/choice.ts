import type { SymbolRules } from "../../evaluate/program.js";
import type { UserValues } from "../../evaluate/values.js";

/** The part of the values that choices need. */
export interface ChoiceValues {
  readonly user: UserValues;
  readonly visible: Uint8Array;
  readonly valid: Uint8Array;
  readonly write: Uint8Array;
  readonly tri: Uint8Array;
  readonly unsettled: Uint8Array;
  rules(symbol: number): SymbolRules;
  valueOf(expression: number): number;
  calculateVisibility(symbol: number): void;
}

/** The first default of a choice that is visible, else its first visible member; -1 for none. */
export function defaultMember(values: ChoiceValues, choice: number): number {
  const { defaults, members } = values.rules(choice);
  for (const { condition, symbol } of defaults) {
    if (values.valueOf(condition) !== 0 && symbol >= 0 && values.visible[symbol] !== 0) return symbol;
  }
  return members.find((member) => values.visible[member] !== 0) ?? -1;
}

/** The member of a legacy choice that is y; the choice stays set by the user only while all its visible members are. */
export function chooseMember(values: ChoiceValues, choice: number): number {
  const { user, visible } = values;
  for (const member of values.rules(choice).members) {
    values.calculateVisibility(member);
    if (visible[member] !== 0 && user.has[member] === 0) user.has[choice] = 0;
  }
  const chosen = user.member[choice]!;
  if (chosen >= 0 && visible[chosen] !== 0) return chosen;
  const member = defaultMember(values, choice);
  if (member < 0) values.tri[choice] = 0;
  return member;
}

/** The members of a legacy choice that nobody has set are n from now on, and the choice counts as set. */
export function settleChoice(values: ChoiceValues, choice: number): void {
  const { user } = values;
  for (const member of values.rules(choice).members) if (user.has[member] === 0) user.tri[member] = 0;
  user.has[choice] = 1;
  values.valid[choice] = 0;
  values.unsettled[choice] = 0;
}

/**
 * Gives the visible members of a modern choice their values and tells which one is y: one that the user has set to y,
 * else the default unless it was set to n, else the first one not set, else the one that was set to n first.
 */
export function calculateChoice(values: ChoiceValues, choice: number): number {
  const { visible, tri, valid, write } = values;
  const { members } = values.rules(choice);
  const chosen = pickMember(values, choice, members);
  for (const member of members) {
    if (visible[member] === 0) continue;
    tri[member] = member === chosen ? 2 : 0;
    valid[member] = 1;
    write[member] = 1;
  }
  return chosen;
}

function pickMember(values: ChoiceValues, choice: number, members: readonly number[]): number {
  const { user, visible } = values;
  const order = user.priority.get(choice) ?? members;
  for (const member of order) {
    values.calculateVisibility(member);
    if (visible[member] !== 0 && user.has[member] === 1 && user.tri[member] === 2) return member;
  }
  const byDefault = defaultMember(values, choice);
  if (byDefault >= 0 && !(user.has[byDefault] === 1 && user.tri[byDefault] === 0)) return byDefault;
  const open = members.find((member) => visible[member] !== 0 && user.has[member] === 0);
  return open ?? order.findLast((member) => visible[member] !== 0) ?? -1;
}
