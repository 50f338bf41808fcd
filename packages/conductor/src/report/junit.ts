import type { Report, ScenarioReport, StepReport } from "../scenarios/report.js";

/**
 * The report as JUnit's XML, as CI systems read it: a test suite per run, a test case per scenario, the steps in its
 * output. Ends with a line break.
 */
export function junitReport(report: Report): string {
  const { scenarios } = report;
  const count = (outcome: string) => scenarios.filter((scenario) => scenario.outcome === outcome).length;
  const counts = `tests="${scenarios.length}" failures="${count("failed")}" skipped="${count("skipped")}"`;
  const when = new Date(report.startedAt).toISOString();
  const suite = `<testsuite name="${escape(report.machine)}" ${counts} errors="0" time="${time(report.durationMs)}" timestamp="${when}">`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts} time="${time(report.durationMs)}">`,
    suite,
    ...scenarios.map(testCase),
    "</testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(scenario: ScenarioReport): string {
  const { name, durationMs, reason, failure, steps } = scenario;
  const parts = [`<testcase classname="ipa" name="${escape(name)}" time="${time(durationMs)}">`];
  if (reason !== undefined) parts.push(`<skipped message="${escape(reason)}"/>`);
  if (failure !== undefined) {
    const body = [failure.message, failure.hint ?? "", failure.log].filter((text) => text !== "").join("\n");
    parts.push(
      `<failure type="${escape(failure.code)}" message="${escape(failure.message)}">${escape(body)}</failure>`,
    );
  }
  if (steps.length > 0) parts.push(`<system-out>${escape(steps.map(stepLine).join("\n"))}</system-out>`);
  return [...parts, "</testcase>"].join("\n");
}

function stepLine({ asked, came, outcome, durationMs }: StepReport): string {
  return `${outcome}: ${asked}: ${came} (${time(durationMs)} s)`;
}

function time(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML knows no way to write most control characters: they become question marks. */
function escape(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "?")
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "?")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
