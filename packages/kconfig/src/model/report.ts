import type { Diagnostic } from "../base/diagnostics.js";
import type { Environment } from "../base/environment.js";
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

/** What to do about a file that is not there: the path may have a variable that the tree's Makefile sets. */
export function missingHint(written: string, env: Environment, variableOf: (name: string) => string): string {
  const names = [...written.matchAll(/\$[({]?(\w+)/g)].map((match) => variableOf(match[1]!));
  const unset = names.find((name) => (env[name] ?? "") === "");
  if (unset === undefined) return "Paths are relative to the folder of the top file, or to srctree.";
  return `"${written}" needs the variable ${unset}, which is not set.`;
}
