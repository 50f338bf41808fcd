import type { Outcome, Report, ScenarioReport, StepReport } from "../scenarios/report.js";

const marks: Readonly<Record<Outcome, string>> = { passed: "ok", failed: "FAILED", skipped: "skipped" };

/** The report for people: each scenario with what was asked, what came, how long it took. Ends with a line break. */
export function textReport(report: Report): string {
  const counts = (outcome: Outcome) => report.scenarios.filter((scenario) => scenario.outcome === outcome).length;
  const sum = `${counts("passed")} passed, ${counts("failed")} failed, ${counts("skipped")} skipped`;
  const lines = [report.machine, ...report.scenarios.flatMap(scenarioLines), `${sum}, ${seconds(report.durationMs)}`];
  return `${lines.join("\n")}\n`;
}

function scenarioLines(scenario: ScenarioReport): readonly string[] {
  const { name, outcome, durationMs, reason, failure } = scenario;
  if (outcome === "skipped") return [`${name}: skipped, ${reason ?? "for no reason"}`];
  const lines = [`${name}: ${marks[outcome]}, ${seconds(durationMs)}`, ...scenario.steps.map(stepLine)];
  if (failure === undefined) return lines;
  const hint = failure.hint === undefined ? [] : [`  hint: ${failure.hint}`];
  const log =
    failure.log === "" ? [] : ["  the machine's last lines:", ...failure.log.split("\n").map((line) => `    ${line}`)];
  return [...lines, `  ${failure.code}: ${failure.message}`, ...hint, ...log];
}

function stepLine({ asked, came, outcome, durationMs }: StepReport): string {
  return outcome === "failed"
    ? `  ${asked}: FAILED after ${seconds(durationMs)}`
    : `  ${asked}: ${came} (${seconds(durationMs)})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
