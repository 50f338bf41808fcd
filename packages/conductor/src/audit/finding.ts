import type { AuditArea, AuditFinding, AuditSeverity } from "./types.js";

/** A finding; what is not said is nothing. */
export function finding(
  area: AuditArea,
  severity: AuditSeverity,
  name: string,
  problem: string,
  more: { readonly symbols?: readonly string[]; readonly group?: string; readonly note?: string | undefined } = {},
): AuditFinding {
  return { area, severity, name, problem, symbols: more.symbols ?? [], group: more.group, note: more.note };
}
