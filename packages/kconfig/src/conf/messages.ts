import type { Diagnostic } from "../base/diagnostics.js";
import { readConfigLine } from "../config/line.js";

/** A finding about a Kconfig file, on one line: in C's words where there are any. */
export function findingLine({ path, line, severity, message, conf }: Diagnostic): string {
  return `${conf ?? `${path}:${line}:${severity}: ${message}`}\n`;
}

/** A warning about a line of a .config, in the words of the C tool; `undefined` for what it passes over. */
export function configWarning(finding: Diagnostic, prefix: string, unknown: boolean): string | undefined {
  const excerpt = finding.excerpt ?? "";
  const content = readConfigLine(excerpt, prefix);
  const name = content.kind === "set" || content.kind === "unset" ? content.name : "";
  const raw = content.kind === "set" ? content.raw : "n";
  const text = ((): string | undefined => {
    switch (finding.code) {
      case "config-unexpected-data":
        // Without a prefix, C takes every line for one of its own and passes over what has no equals sign.
        return prefix === "" ? undefined : `unexpected data: ${excerpt.replace(/\r$/, "")}`;
      case "config-reassigned":
        return `override: reassigning to symbol ${name}`;
      case "config-invalid-value":
        return raw.startsWith('"') ? "invalid string found" : `symbol value '${raw}' invalid for ${name}`;
      case "config-choice-conflict":
        return raw.startsWith("m")
          ? `${name} creates inconsistent choice state`
          : `override: ${name} changes choice state`;
      case "config-undefined-symbol":
        return unknown ? `unknown symbol: ${name}` : undefined;
      default:
        return undefined;
    }
  })();
  return text === undefined ? undefined : `${finding.path}:${finding.line}:warning: ${text}\n`;
}
