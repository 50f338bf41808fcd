import type { KconfigSymbol } from "../model/symbol.js";
import type { Engine } from "./engine.js";
import { Type } from "./program.js";

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
