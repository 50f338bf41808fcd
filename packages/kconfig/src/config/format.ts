import type { KconfigSymbol } from "../model/symbol.js";
import type { Dialect } from "../dialect/dialect.js";
import { quoteValue, rawString } from "./line.js";
import type { ConfigView } from "./view.js";

/** The line of a .config for a symbol, with its line end. */
export function configLine(view: ConfigView, symbol: KconfigSymbol): string {
  const { prefix } = view.tree.dialect;
  const value = view.textOf(symbol.id);
  if (value === "n" && view.isLogic(symbol.id)) return `# ${prefix}${symbol.name} is not set\n`;
  return `${prefix}${symbol.name}=${symbol.type === "string" ? quoteFor(view.tree.dialect, value) : value}\n`;
}

/** A string as the dialect's files have it. */
export function quoteFor({ files }: Dialect, value: string): string {
  return files.rawStrings ? rawString.quote(value) : quoteValue(value);
}

/** The comment at the top of a file. */
export function heading(view: ConfigView, style: "shell" | "c"): string {
  const { dialect, title } = view.tree;
  if (dialect.files.heading === "none") return "";
  const lines = ["Automatically generated file; DO NOT EDIT.", ...title.split("\n")];
  if (dialect.files.heading === "full") lines.unshift("");
  if (dialect.files.heading === "full") lines.push("");
  const mark = style === "shell" ? "#" : " *";
  const body = lines.map((line) => (line === "" ? `${mark}\n` : `${mark} ${line}\n`)).join("");
  if (style === "c") return `/*\n${body} */\n`;
  return dialect.files.heading === "full" ? body : `#\n${body}#\n`;
}
