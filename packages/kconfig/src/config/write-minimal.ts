import type { Engine } from "../evaluate/engine.js";
import { Type } from "../evaluate/program.js";
import { nextInOrder } from "../model/menu.js";
import type { KconfigSymbol } from "../model/symbol.js";
import { configLine } from "./format.js";

/**
 * The minimal defconfig, byte for byte what the dialect's C tool writes (conf_write_defconfig): the symbols that can be
 * changed and differ from their default. Values have to be up to date.
 */
export function writeMinimal(engine: Engine): string {
  const { values } = engine;
  const parts: string[] = [];
  const seen = new Uint8Array(engine.symbols.length);
  for (let menu = engine.tree.root.list; menu !== undefined; menu = nextInOrder(menu)) {
    const { symbol } = menu;
    if (symbol === undefined || symbol.isChoice || seen[symbol.id] === 1) continue;
    if (values.write[symbol.id] === 0) continue;
    seen[symbol.id] = 1;
    if (values.visible[symbol.id]! <= values.selected[symbol.id]!) continue;
    if (engine.evaluator.textOf(symbol.id) === defaultText(engine, symbol) || isDefaultOfChoice(engine, symbol))
      continue;
    if (symbol.type !== "unknown") parts.push(configLine(engine, symbol));
  }
  return parts.join("");
}

function isDefaultOfChoice(engine: Engine, symbol: KconfigSymbol): boolean {
  const { choice } = symbol;
  if (choice === undefined || choice.optional || symbol.type !== "bool") return false;
  return engine.evaluator.defaultMember(choice.id) === symbol.id && engine.values.tri[symbol.id] === 2;
}

/** What a symbol would be without a value of the user, as text (sym_get_string_default of C). */
export function defaultText(engine: Engine, symbol: KconfigSymbol): string {
  const { values, program, evaluator } = engine;
  const { id } = symbol;
  const type = program.types[id]!;
  const rule = program.rules[id]!.defaults.find(({ condition }) => values.expressions[condition] !== 0);
  if (type !== Type.bool && type !== Type.tristate) {
    const text = rule !== undefined && rule.symbol >= 0 ? values.text[rule.symbol]! : "";
    if (text !== "" || engine.tree.dialect.semantics.emptyNumber === "empty" || type === Type.string) return text;
    return type === Type.int ? "0" : "0x0";
  }
  let value = 0;
  if (rule !== undefined) value = Math.min(values.expressions[rule.value]!, values.expressions[rule.condition]!);
  value = Math.max(value, values.selected[id]!);
  if (value === 1 && ((symbol.choice === undefined && !evaluator.modulesOn()) || type === Type.bool)) value = 2;
  value = Math.max(value, values.implied[id]!);
  return value === 0 ? "n" : value === 1 ? "m" : "y";
}
