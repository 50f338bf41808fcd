import type { Diagnostic } from "../base/diagnostics.js";
import { type Environment, variableOf } from "../base/environment.js";
import { LineTable } from "../base/position.js";
import type { TreeReport } from "./menu-builder.js";
import type { KconfigSymbol } from "./symbol.js";

/** Adds findings to a list, with the line that they are about. */
export function reportTo(diagnostics: Diagnostic[], textOf: (path: string) => string): TreeReport {
  const tables = new Map<string, LineTable>();
  const tableOf = (path: string): LineTable => {
    const known = tables.get(path);
    if (known !== undefined) return known;
    const table = new LineTable(textOf(path));
    tables.set(path, table);
    return table;
  };
  return (severity, code, location, message, hint, conf) => {
    const { line: at, text } =
      typeof conf === "string" ? { line: location.line, text: conf } : { line: undefined, text: "", ...conf };
    const excerpt = tableOf(location.path).line(location.line);
    diagnostics.push({
      code,
      severity,
      message,
      ...location,
      column: excerpt.search(/\S|$/) + 1,
      excerpt,
      ...(hint === undefined ? {} : { hint }),
      ...(conf === undefined ? {} : { conf: at === undefined ? text : `${location.path}:${at}:${text}` }),
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

export const missingWords = (path: string, isFolder: boolean): string =>
  isFolder
    ? `"${path}", which is sourced here, is a folder.`
    : `The file "${path}" that is sourced here does not exist.`;

/** What to do about a file that is not there: the path may have a variable that the tree's Makefile sets. */
export function missingHint(written: string, env: Environment, nameOf: (symbol: string) => string): string {
  const names = [...written.matchAll(/\$[({]?(\w+)/g)].map((match) => nameOf(match[1]!));
  const unset = names.find((name) => (variableOf(env, name) ?? "") === "");
  if (unset === undefined) return "Paths are relative to the folder of the top file, or to srctree.";
  return `"${written}" needs the variable ${unset}, which is not set.`;
}
