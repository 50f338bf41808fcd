import type { AuditArea, AuditFinding, AuditReport } from "../audit/types.js";

const titles: Readonly<Record<AuditArea, string>> = {
  image: "image",
  executable: "executables",
  python: "Python",
  collector: "collectors",
  kernel: "kernel options",
  "command line": "command line",
};

/** An audit for people: the counts, then what is missing, the worst first, each with what brings it. Ends with a line break. */
export function auditText(report: AuditReport): string {
  const packed = report.segments.map(({ compression }) => (compression === "none" ? "plain" : compression));
  const lines = [
    `${report.image}: ${report.files} files, ${(report.bytes / 2 ** 20).toFixed(1)} MiB (${packed.join(", ")})`,
    `agent: ${report.agentVersion ?? "none"}; collectors: ${report.collectors.join(", ") || "none"}`,
    `kernel's .config: ${report.kernelConfig ?? "not to be had"}`,
    ...report.counts
      .filter(({ checked }) => checked > 0)
      .map(({ area, checked, good }) => `${titles[area]}: ${good} of ${checked} as they should be`),
    ...merged(report.findings).flatMap(auditFindingLines),
    `${report.passed ? "ok" : "FAILED"}: ${count(report, "error")} errors, ${count(report, "warning")} warnings, ${count(report, "unknown")} unknown`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Kernel options that lack the same in the same way are one finding: there are many of them. */
function merged(findings: readonly AuditFinding[]): readonly AuditFinding[] {
  const result: AuditFinding[] = [];
  for (const finding of findings) {
    const at = result.findIndex((other) => finding.area === "kernel" && keyOf(other) === keyOf(finding));
    const other = result[at];
    if (other === undefined) result.push(finding);
    else result[at] = { ...other, name: `${other.name} ${finding.name}` };
  }
  return result;
}

function keyOf({ area, severity, problem, group, note }: AuditFinding): string {
  return [area, severity, problem, group, note].join("\n");
}

/** One finding: what, and what to do about it. */
export function auditFindingLines(finding: AuditFinding): readonly string[] {
  const { severity, name, problem, symbols, group, note } = finding;
  const where = group === undefined ? "" : ` (${group})`;
  const more = [symbols.length === 0 ? undefined : symbols.join(", "), note].filter((part) => part !== undefined);
  const lines = [`${severity}: ${name} ${problem}${where}`];
  return more.length === 0 ? lines : [...lines, `    ${more.join("; ")}`];
}

function count({ findings }: AuditReport, severity: AuditFinding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
