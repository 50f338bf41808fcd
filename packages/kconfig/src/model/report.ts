import type { Diagnostic } from "../base/diagnostics.js";
import { LineTable } from "../base/position.js";
import type { TreeReport } from "./menu-builder.js";

/** Adds findings to a list, with the line that they are about. */
export function reportTo(diagnostics: Diagnostic[], textOf: (path: string) => string): TreeReport {
  return (severity, code, location, message, hint, conf) => {
    const excerpt = new LineTable(textOf(location.path)).line(location.line);
    diagnostics.push({
      code,
      severity,
      message,
      ...location,
      column: excerpt.search(/\S|$/) + 1,
      excerpt,
      ...(hint === undefined ? {} : { hint }),
      ...(conf === undefined ? {} : { conf }),
    });
  };
}

/** The line of the next statement behind an offset, if the file has one. */
export function nextStatement(text: string, from: number): number | undefined {
  const found = /^[ \t]*[^ \t\r\n#]/m.exec(text.slice(from));
  return found === null ? undefined : new LineTable(text).position(from + found.index).line;
}
