import { isDecimal, isHexadecimal } from "../base/numbers.js";
import type { DialectSemantics } from "../dialect/dialect.js";
import * as Kind from "../expression/kinds.js";
import { YES_SYMBOL, type ExpressionPool } from "../expression/pool.js";
import type { TreeReport } from "./menu-builder.js";
import type { KconfigSymbol, Property } from "./symbol.js";

const isLogic = (symbol: KconfigSymbol): boolean => symbol.type === "bool" || symbol.type === "tristate";
const isNumber = (symbol: KconfigSymbol): boolean => symbol.type === "int" || symbol.type === "hex";

/** Reports what is wrong with the properties of a symbol; nothing of it keeps the tree from being used. */
export function checkProperties(
  symbol: KconfigSymbol,
  symbols: readonly KconfigSymbol[],
  pool: ExpressionPool,
  report: TreeReport,
  { tristateConstants: typedConstants, early, choice }: DialectSemantics,
): void {
  // y, m and n are numbers to nobody where they have a type; else they are what a bool takes.
  const canBeNumber = (of: KconfigSymbol, value: KconfigSymbol): boolean =>
    (value.id > YES_SYMBOL || !typedConstants) && takes(of, value);
  for (const property of symbol.properties) {
    if (property.kind === "default")
      checkDefault(symbol, property, symbols, pool, report, canBeNumber, choice === "modern");
    else if (property.kind === "select" || property.kind === "imply") {
      const target = symbols[pool.left(property.value)]!;
      if (!isLogic(symbol)) {
        const message = `${symbol.name} is ${symbol.type}; only bool and tristate symbols can ${property.kind}.`;
        const conf = `warning: config symbol '${symbol.name}' uses ${property.kind}, but is not bool or tristate`;
        report("warning", "select-type", property.location, message, undefined, conf);
      } else if (early && target.type === "unknown") {
        const message = `${target.name} is selected, and nothing defines it.`;
        const conf = `warning: 'select' used by config symbol '${symbol.name}' refer to undefined symbol '${target.name}'`;
        report("warning", "select-type", property.location, message, undefined, conf);
      } else if (target.type !== "unknown" && !isLogic(target)) {
        const message = `${target.name} is ${target.type}; only bool and tristate symbols can be ${property.kind === "select" ? "selected" : "implied"}.`;
        const conf = `warning: '${target.name}' has wrong type. '${property.kind}' only accept arguments of bool and tristate type`;
        report("warning", "select-type", property.location, message, undefined, conf);
      }
    } else if (property.kind === "range") {
      if (!isNumber(symbol)) {
        report(
          "warning",
          "range-type",
          property.location,
          `${symbol.name} is ${symbol.type}; only int and hex symbols have ranges.`,
          undefined,
          "warning: range is only allowed for int or hex symbols",
        );
      }
      if (!property.bounds!.every((bound) => canBeNumber(symbol, bound))) {
        const message = `A bound of the range of ${symbol.name} is no number.`;
        report("warning", "range-invalid", property.location, message, undefined, "warning: range is invalid");
      }
    }
  }
}

function checkDefault(
  symbol: KconfigSymbol,
  property: Property,
  symbols: readonly KconfigSymbol[],
  pool: ExpressionPool,
  report: TreeReport,
  canBeNumber: (symbol: KconfigSymbol, value: KconfigSymbol) => boolean,
  modern: boolean,
): void {
  const single = pool.kind(property.value) === Kind.symbol;
  if (!single) {
    if (symbol.type === "string" || isNumber(symbol)) {
      report(
        "warning",
        "default-type",
        property.location,
        `The default of ${symbol.name} has to be a single symbol or value.`,
        undefined,
        `warning: default for config symbol '${symbol.name}' must be a single symbol`,
      );
    }
    return;
  }
  const value = symbols[pool.left(property.value)]!;
  if (isNumber(symbol) && !canBeNumber(symbol, value)) {
    const conf = `warning: '${symbol.name || "(null)"}': number is invalid`;
    report(
      "warning",
      "default-type",
      property.location,
      `The default of ${symbol.name} is no number.`,
      undefined,
      conf,
    );
  }
  if (symbol.isChoice && (modern ? choiceAround(value) : value.choice) !== symbol) {
    report(
      "warning",
      "choice-default",
      property.location,
      `The choice's default ${value.name} is none of its members.`,
      undefined,
      `warning: choice default symbol '${value.name}' is not contained in the choice`,
    );
  }
}

/** The choice around a symbol's first place with a prompt (sym_get_choice_menu of Linux 6.12). */
function choiceAround({ menus }: KconfigSymbol): KconfigSymbol | undefined {
  let menu = menus.find(({ prompt }) => prompt !== undefined)?.parent;
  while (menu !== undefined && menu.symbol === undefined) menu = menu.parent;
  return menu?.symbol;
}

/** Whether a symbol's type takes another one, or a constant, for a bound (menu_validate_number of C). */
function takes(symbol: KconfigSymbol, value: KconfigSymbol): boolean {
  if (isNumber(value)) return true;
  if (value.type !== "unknown") return false;
  switch (symbol.type) {
    case "int":
      return isDecimal(value.name);
    case "hex":
      return isHexadecimal(value.name);
    case "unknown":
      return false;
    default:
      return symbol.type === "string" || /^[yYmMnN]/.test(value.name);
  }
}
