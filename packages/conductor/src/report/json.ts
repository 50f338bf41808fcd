import type { Report } from "../scenarios/report.js";

/** The report for programs: the `Report` itself, two spaces deep. Ends with a line break. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
