import type { Diagnostic } from "../base/diagnostics.js";

/** A finding about a Kconfig file, on one line: in C's words where there are any. */
export function findingLine({ path, line, severity, message, conf }: Diagnostic): string {
  return `${conf ?? `${path}:${line}:${severity}: ${message}`}\n`;
}

/** A warning about a line of a .config, in the words of the C tool; `undefined` for what it passes over. */
export function configWarning({ code, conf }: Diagnostic, unknown: boolean): string | undefined {
  return conf === undefined || (code === "config-undefined-symbol" && !unknown) ? undefined : `${conf}\n`;
}
