import type { Diagnostic } from "../base/diagnostics.js";
import { LineTable } from "../base/position.js";
import type { TreeReport } from "./menu-builder.js";
import type { KconfigSymbol } from "./symbol.js";

/** Adds findings to a list, with the line that they are about. */
export function reportTo(diagnostics: Diagnostic[], textOf: (path: string) => string): TreeReport {
  return (severity, code, location, message, hint, conf) => {
    const { line: at, text } = typeof conf === "object" ? conf : { line: location.line, text: conf };
    const excerpt = new LineTable(textOf(location.path)).line(location.line);
    diagnostics.push({
      code,
      severity,
      message,
      ...location,
      column: excerpt.search(/\S|$/) + 1,
      excerpt,
      ...(hint === undefined ? {} : { hint }),
      ...(conf === undefined ? {} : { conf: `${location.path}:${at}:${text}` }),
    });
  };
}

/** The line of the next statement behind an offset, if the file has one. */
export function nextStatement(text: string, from: number): number | undefined {
  const found = /^[ \t]*[^ \t\r\n#]/m.exec(text.slice(from));
  return found === null ? undefined : new LineTable(text).position(from + found.index).line;
}

/** C's words about an option, which it says of the line where the symbol is named. */
export function atEntry({ menus }: KconfigSymbol, text: string): { readonly line: number; readonly text: string } {
  return { line: menus.at(-1)!.location.line, text };
}
