import { isDecimal, isHexadecimal } from "../base/numbers.js";
import type { KconfigSymbol } from "../model/symbol.js";

/** What a type takes, where that is not the value. */
export function refusal(type: KconfigSymbol["type"], value: string): string | undefined {
  switch (type) {
    case "bool":
      return /^[yn]$/.test(value) ? undefined : "y or n";
    case "tristate":
      return /^[ymn]$/.test(value) ? undefined : "y, m or n";
    case "int":
      return isDecimal(value) ? undefined : "a decimal number";
    case "hex":
      return isHexadecimal(value) ? undefined : "a hexadecimal number";
    case "string":
      return /[\n\r\0]/.test(value) ? "a text of one line" : undefined;
    default:
      return "nothing, as no config statement gives it a type";
  }
}
