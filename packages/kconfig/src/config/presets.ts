import type { Tristate } from "../base/tristate.js";
import type { Engine } from "../evaluate/engine.js";
import * as Type from "../evaluate/types.js";

/** What symbols that the user has not set become. */
export type Preset = "default" | "yes" | "mod" | "no";

/**
 * Gives every bool and tristate symbol without a value of the user the preset's value, and settles choices:
 * conf_set_all_new_symbols of C, as alldefconfig, allyesconfig, allmodconfig, allnoconfig and defconfig use it.
 */
export function presetNewSymbols(engine: Engine, preset: Preset): void {
  if (engine.tree.dialect.semantics.choice === "modern") presetModern(engine, preset);
  else presetLegacy(engine, preset);
  engine.invalidate();
}

/** Turns the user's value `from` of every tristate symbol into `to` (conf_rewrite_tristates of C). Values have to be up to date. */
export function rewriteTristates(engine: Engine, from: Tristate, to: Tristate): void {
  const { user, evaluator, symbols } = engine;
  const rewritten = symbols.filter(({ id }) => evaluator.typeOf(id) === Type.tristate && user.tri[id] === from);
  for (const { id } of rewritten) user.tri[id] = to;
  engine.invalidate();
}

/** Symbols that have a prompt and belong to no choice. */
function presetModern(engine: Engine, preset: Preset): void {
  const { user, tree } = engine;
  if (preset === "default") return;
  const value = preset === "yes" ? 2 : preset === "mod" ? 1 : 0;
  for (const { id, choice, menus } of tree.symbols) {
    if (user.has[id] === 1 || choice !== undefined || !engine.isLogic(id)) continue;
    if (menus.every((menu) => menu.prompt === undefined)) continue;
    user.tri[id] = value;
    user.has[id] = 1;
  }
}

function presetLegacy(engine: Engine, preset: Preset): void {
  const { user, symbols } = engine;
  if (preset !== "default") {
    const value = preset === "yes" ? 2 : preset === "mod" ? 1 : 0;
    for (const symbol of symbols) {
      if (user.has[symbol.id] === 1 || !engine.isLogic(symbol.id)) continue;
      user.tri[symbol.id] = preset === "no" && symbol.allNoConfigY ? 2 : value;
      user.has[symbol.id] = 1;
    }
  }
  for (const { id, members } of engine.tree.choices) {
    if (user.has[id] === 1) continue;
    for (const member of members) if (user.has[member.id] === 0) user.tri[member.id] = 0;
    user.has[id] = 1;
  }
}
