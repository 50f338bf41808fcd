import { isDecimal, isHexadecimal } from "../base/numbers.js";
import { Kind, type ExpressionPool } from "../expression/pool.js";
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
): void {
  for (const property of symbol.properties) {
    if (property.kind === "default") checkDefault(symbol, property, symbols, pool, report);
    else if (property.kind === "select" || property.kind === "imply") {
      const target = symbols[pool.left(property.value)]!;
      if (!isLogic(symbol)) {
        const message = `${symbol.name} is ${symbol.type}; only bool and tristate symbols can ${property.kind}.`;
        report("warning", "select-type", property.location, message);
      } else if (target.type !== "unknown" && !isLogic(target)) {
        const message = `${target.name} is ${target.type}; only bool and tristate symbols can be ${property.kind === "select" ? "selected" : "implied"}.`;
        report("warning", "select-type", property.location, message);
      }
    } else if (property.kind === "range") {
      if (!isNumber(symbol)) {
        report(
          "warning",
          "range-type",
          property.location,
          `${symbol.name} is ${symbol.type}; only int and hex symbols have ranges.`,
        );
      }
      if (!canBeNumber(symbol, property.low!) || !canBeNumber(symbol, property.high!)) {
        report("warning", "range-invalid", property.location, `A bound of the range of ${symbol.name} is no number.`);
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
): void {
  const single = pool.kind(property.value) === Kind.symbol;
  if (!single) {
    if (symbol.type === "string" || isNumber(symbol)) {
      report(
        "warning",
        "default-type",
        property.location,
        `The default of ${symbol.name} has to be a single symbol or value.`,
      );
    }
    return;
  }
  const value = symbols[pool.left(property.value)]!;
  if (isNumber(symbol) && !canBeNumber(symbol, value)) {
    report("warning", "default-type", property.location, `The default of ${symbol.name} is no number.`);
  }
  if (symbol.isChoice && value.choice !== symbol) {
    report(
      "warning",
      "choice-default",
      property.location,
      `The choice's default ${value.name} is none of its members.`,
    );
  }
}

function canBeNumber(symbol: KconfigSymbol, value: KconfigSymbol): boolean {
  if (isNumber(value)) return true;
  if (value.type !== "unknown") return false;
  return symbol.type === "int"
    ? isDecimal(value.name)
    : symbol.type === "hex"
      ? isHexadecimal(value.name)
      : symbol.type === "string";
}
