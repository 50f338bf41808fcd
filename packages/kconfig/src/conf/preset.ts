import * as Type from "../evaluate/types.js";
import { nextInOrder, type Menu } from "../model/menu.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { GlibcRandom, Probabilities } from "./random.js";
import { settleChoice } from "./values/choice.js";
import type { LazyValues } from "./values/lazy-values.js";

/** What symbols that the user has not set become. */
export type ConfPreset =
  | { readonly to: "default" | "yes" | "mod" | "no" }
  | { readonly to: "random"; readonly random: GlibcRandom; readonly probabilities: Probabilities };

const fixed = { yes: 2, mod: 1, no: 0 } as const;

/** Gives all bool and tristate symbols without a value of the user one: conf_set_all_new_symbols of C. */
export function presetNew(values: LazyValues, preset: ConfPreset): void {
  if (values.modern) {
    presetMenus(values, preset);
    return;
  }
  let again = presetSymbols(values, preset);
  // Random values may make more choices visible, which are to be random too.
  while (again && preset.to === "random") again = presetSymbols(values, preset);
}

function presetSymbols(values: LazyValues, preset: ConfPreset): boolean {
  const { user, program } = values;
  let changed = false;
  for (const symbol of program.hashOrder) {
    const { id } = symbol;
    if (user.has[id] === 1 || values.valid[id] === 1 || !values.isLogic(id)) continue;
    changed = true;
    if (preset.to === "default") continue;
    user.tri[id] = preset.to === "random" ? throwDice(values, id, preset) : preferred(symbol, preset.to);
    if (!values.isChoice(id) || preset.to !== "random") user.has[id] = 1;
  }
  values.invalidate();
  if (preset.to !== "random") {
    for (const { id } of program.hashOrder) {
      if ((values.isChoice(id) && user.has[id] === 0) || program.choice[id]! >= 0) values.unsettled[id] = 1;
    }
  }
  return presetChoices(values, preset, changed);
}

function presetChoices(values: LazyValues, preset: ConfPreset, before: boolean): boolean {
  const { user, program, tree } = values;
  // Buildroot's tool looks at the last choice alone.
  const lastCounts = tree.dialect.semantics.oldRuns;
  let changed = before;
  for (const { id } of program.hashOrder) {
    if (user.has[id] === 1 || !values.isChoice(id)) continue;
    values.calculate(id);
    if (preset.to === "random") {
      const chosen = chooseAny(values, id, preset.random);
      changed = lastCounts ? chosen : changed || chosen;
    } else {
      settleChoice(values, id);
      changed = true;
    }
  }
  return changed;
}

const preferred = ({ allNoConfigY }: KconfigSymbol, to: "yes" | "mod" | "no"): number =>
  to === "no" && allNoConfigY ? 2 : fixed[to];

function throwDice(values: LazyValues, symbol: number, preset: Extract<ConfPreset, { to: "random" }>): number {
  const { random, probabilities } = preset;
  const number = random.below(100);
  if (values.program.types[symbol] !== Type.tristate) return number < probabilities.bool ? 2 : 0;
  if (number < probabilities.yes) return 2;
  return number < probabilities.yes + probabilities.mod ? 1 : 0;
}

/** Sets one member of a legacy choice that is y to y, and the others to n. */
function chooseAny(values: LazyValues, choice: number, random: GlibcRandom): boolean {
  const { user, valid } = values;
  const { members } = values.rules(choice);
  if (values.tri[choice] !== 2 || members.length === 0) return false;
  const chosen = members[random.below(members.length)]!;
  user.member[choice] = chosen;
  for (const member of members) {
    user.tri[member] = member === chosen ? 2 : 0;
    user.has[member] = 1;
    valid[member] = 0;
  }
  user.has[choice] = 1;
  valid[choice] = 0;
  return true;
}

/** Linux since 6.11: menu by menu, symbols with a prompt only. */
function presetMenus(values: LazyValues, preset: ConfPreset): void {
  const { user, tree } = values;
  for (let menu: Menu | undefined = tree.root; menu !== undefined; menu = nextInOrder(menu)) {
    const { symbol, prompt } = menu;
    if (symbol === undefined || prompt === undefined || user.has[symbol.id] === 1) continue;
    const { id, isChoice, choice } = symbol;
    if (!values.isLogic(id) || choice !== undefined || preset.to === "default") continue;
    if (isChoice) {
      if (preset.to === "random") rankMembers(values, menu, symbol, preset.random);
      continue;
    }
    user.tri[id] = preset.to === "random" ? throwDice(values, id, preset) : fixed[preset.to];
    user.has[id] = 1;
  }
  values.invalidate();
}

/** Puts the members of a modern choice into a random order; those that the user has set stay before the others. */
function rankMembers(values: LazyValues, menu: Menu, choice: KconfigSymbol, random: GlibcRandom): void {
  const { user } = values;
  const open = [...menu.children()].flatMap(({ symbol }) => (symbol === undefined ? [] : [symbol.id]));
  const isOpen = (id: number): boolean => user.has[id] === 0;
  for (let count = open.filter(isOpen).length; count > 0; count--) {
    const member = open.filter(isOpen)[random.below(count)]!;
    user.tri[member] = 2;
    user.has[member] = 1;
    const order = user.priority.get(choice.id) ?? choice.members.map(({ id }) => id);
    user.priority.set(choice.id, [...order.filter((id) => id !== member), member]);
  }
}

/** Turns the user's value `from` of every symbol that is a tristate now into `to` (conf_rewrite_tristates of C). */
export function rewriteTristates(values: LazyValues, from: number, to: number): void {
  const { user, symbols } = values;
  for (const { id } of symbols) {
    if (values.typeOf(id) === Type.tristate && user.tri[id] === from) user.tri[id] = to;
  }
  values.invalidate();
}
