import { finding } from "./finding.js";
import type { AuditFinding, CheckResult } from "./types.js";
import type { Distribution } from "./python/distributions.js";

/** Entry points of the agent: what it does not do without. */
const groups = {
  collectors: "ironic_python_agent.inspector.collectors",
  managers: "ironic_python_agent.hardware_managers",
  extensions: "ironic_python_agent.extensions",
} as const;

/** Collectors that it calls where nobody names any (`INSPECTION_DEFAULT_COLLECTORS` of its `config.py`). */
const defaults: readonly string[] = ["default", "logs"];

/** The names of the collectors that the image's distributions offer. */
export function collectorsOf(distributions: readonly Distribution[]): readonly string[] {
  return namesIn(distributions, groups.collectors);
}

function namesIn(distributions: readonly Distribution[], group: string): readonly string[] {
  return [...new Set(distributions.flatMap(({ entryPoints }) => entryPoints.get(group) ?? []))].sort();
}

/** Collectors, hardware managers and extensions: what the agent finds by its entry points. */
export function checkCollectors(distributions: readonly Distribution[]): CheckResult {
  const collectors = collectorsOf(distributions);
  const findings: AuditFinding[] = defaults
    .filter((name) => !collectors.includes(name))
    .map((name) => finding("collector", "error", name, "is called by default, and the image has no such collector"));
  for (const [what, group] of [
    ["hardware manager", groups.managers],
    ["extension", groups.extensions],
  ] as const) {
    if (namesIn(distributions, group).length > 0) continue;
    findings.push(
      finding("collector", "error", group, `the image has no ${what}: its distribution has no entry points`),
    );
  }
  return { checked: defaults.length + 2, findings };
}
