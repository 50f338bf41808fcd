import { BuildrootError } from "../errors.js";
import type { SettingValue } from "../types.js";
import { quote } from "./notation.js";
import type { SymbolType } from "./symbol-types.js";

/**
 * A setting's value in .config's notation, as its symbol's type asks. `true` is y, `false` is n; a string in double quotes
 * is a string symbol's value as .config writes it. Throws SETTING_INVALID if the value cannot be of that type.
 * A symbol that no Config.in declares has no type: its value is written so that it can be reported as dropped.
 */
export function settingValue(name: string, value: SettingValue, type: SymbolType | undefined): string {
  const text = value === true ? "y" : value === false ? "n" : String(value);
  if (/[\n\r\u0000]/.test(text)) throw invalid(name, value, "one line of text");
  switch (type) {
    case "bool":
      if (text === "y" || text === "n") return text;
      throw invalid(name, value, "y or n");
    case "tristate":
      if (text === "y" || text === "n" || text === "m") return text;
      throw invalid(name, value, "y, m or n");
    case "int":
      if (typeof value !== "boolean" && /^-?\d+$/.test(text)) return text;
      throw invalid(name, value, "a whole number");
    case "hex":
      if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return `0x${value.toString(16)}`;
      if (typeof value === "string" && /^(?:0x)?[0-9a-f]+$/i.test(text)) return text;
      throw invalid(name, value, "a hexadecimal number such as 0x1f");
    case "string":
      if (typeof value === "boolean") throw invalid(name, value, "text");
      return /^"(?:[^"\\]|\\.)*"$/.test(text) ? text : quote(text);
    case undefined:
      return /^(?:[ynm]|".*")$/.test(text) ? text : quote(text);
  }
}

/** Throws SETTING_INVALID for what cannot be a symbol's name. */
export function checkSettingName(name: string): void {
  if (/^[A-Za-z0-9_]+$/.test(name)) return;
  throw new BuildrootError("SETTING_INVALID", `"${name}" is no symbol's name.`, {
    hint: "Names are letters, digits and underscores: BR2_TARGET_GENERIC_HOSTNAME.",
    details: { name },
  });
}

function invalid(name: string, value: SettingValue, wanted: string): BuildrootError {
  return new BuildrootError("SETTING_INVALID", `${name} cannot be ${JSON.stringify(value)}: it takes ${wanted}.`, {
    hint: `Give ${name} ${wanted}.`,
    details: { name, value, wanted },
  });
}
