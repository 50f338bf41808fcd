import { tristateText, type Tristate } from "../base/tristate.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { Engine } from "./engine.js";
import * as Type from "./types.js";

/** What a symbol would be without a value of the user, as text (sym_get_string_default of C). */
export function defaultText(engine: Engine, symbol: KconfigSymbol): string {
  const { values, program, evaluator } = engine;
  const { id } = symbol;
  const type = program.types[id]!;
  const rule = evaluator.defaultOf(id);
  if (type !== Type.bool && type !== Type.tristate) {
    const source = rule < 0 ? -1 : program.defaultSymbol[rule]!;
    const text = source < 0 ? "" : values.text[source]!;
    if (text !== "" || engine.tree.dialect.semantics.emptyNumber === "empty" || type === Type.string) return text;
    return type === Type.int ? "0" : "0x0";
  }
  let value = 0;
  if (rule >= 0) {
    const [condition, source] = [program.defaultCondition[rule]!, program.defaultValue[rule]!];
    value = Math.min(values.expressions[source]!, values.expressions[condition]!);
  }
  if (engine.tree.dialect.semantics.kconfiglib) {
    if (symbol.choice !== undefined) return "n";
    for (const reasons of [symbol.selectedBy, symbol.impliedBy]) {
      for (const reason of reasons) value = Math.max(value, engine.valueOf(reason));
    }
    return value === 1 && evaluator.typeOf(id) === Type.bool ? "y" : tristateText(value as Tristate);
  }
  value = Math.max(value, values.selected[id]!);
  if (value === 1 && ((symbol.choice === undefined && !evaluator.modulesOn()) || type === Type.bool)) value = 2;
  value = Math.max(value, values.implied[id]!);
  return value === 0 ? "n" : value === 1 ? "m" : "y";
}
