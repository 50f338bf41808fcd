import { tristateText, type Tristate } from "../../base/tristate.js";
import * as Type from "../../evaluate/types.js";
import type { LazyValues } from "./lazy-values.js";

/** What a symbol would be without a value of the user, as text (sym_get_string_default of C). */
export function defaultText(values: LazyValues, symbol: number): string {
  values.calculateVisibility(symbol);
  values.calculate(values.tree.internals.modules.id);
  const type = values.program.types[symbol]!;
  const rule = values.rules(symbol);
  const found = rule.defaults.find(({ condition }) => values.valueOf(condition) !== 0);
  if (type !== Type.bool && type !== Type.tristate) return textDefault(values, type, found?.symbol ?? -1);
  let value = 0;
  if (found !== undefined) value = Math.min(values.valueOf(found.value), values.valueOf(found.condition));
  value = Math.max(value, values.selected[symbol]!);
  const modules = values.tri[values.tree.internals.modules.id] !== 0;
  if (value === 1 && ((rule.choice < 0 && !modules) || type === Type.bool)) value = 2;
  return tristateText(Math.max(value, values.implied[symbol]!) as Tristate);
}

function textDefault(values: LazyValues, type: number, source: number): string {
  let text = "";
  if (source >= 0) {
    values.calculate(source);
    text = values.isLogic(source) ? "n" : values.text[source]!;
  }
  if (text !== "" || type === Type.string || values.tree.dialect.semantics.emptyNumber === "empty") return text;
  return type === Type.int ? "0" : "0x0";
}
