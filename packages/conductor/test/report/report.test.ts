import { describe, expect, it } from "vitest";
import { jsonReport, junitReport, textReport, type Report } from "../../src/index.js";

const report: Report = {
  ...{ machine: 'VM "one"', startedAt: Date.UTC(2026, 0, 2, 3, 4, 5), durationMs: 4321, passed: false },
  scenarios: [
    {
      ...{ name: "boot", outcome: "passed", durationMs: 1500, reason: undefined, failure: undefined },
      steps: [{ asked: "a lookup", came: "with 52:54:00:12:34:56", outcome: "passed", durationMs: 1400 }],
    },
    {
      ...{ name: "logs", outcome: "failed", durationMs: 2000, reason: undefined },
      steps: [{ asked: "the logs", came: "It <broke>.", outcome: "failed", durationMs: 2000 }],
      failure: { code: "CHECK_FAILED", message: "It <broke>.", hint: "Look & see.", log: "one\u001b[0m\ntwo" },
    },
    {
      ...{ name: "power-off", outcome: "skipped", durationMs: 0, steps: [], failure: undefined },
      reason: "the machine is not disposable",
    },
  ],
};

describe("textReport", () => {
  it("says what was asked, what came, how long it took", () => {
    expect(textReport(report)).toBe(
      [
        'VM "one"',
        "boot: ok, 1.5 s",
        "  a lookup: with 52:54:00:12:34:56 (1.4 s)",
        "logs: FAILED, 2.0 s",
        "  the logs: FAILED after 2.0 s",
        "  CHECK_FAILED: It <broke>.",
        "  hint: Look & see.",
        "  the machine's last lines:",
        "    one\u001b[0m",
        "    two",
        "power-off: skipped, the machine is not disposable",
        "1 passed, 1 failed, 1 skipped, 4.3 s",
        "",
      ].join("\n"),
    );
  });
});

describe("jsonReport", () => {
  it("is the report", () => {
    expect(JSON.parse(jsonReport(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

describe("junitReport", () => {
  it("is XML with every scenario as a test case", () => {
    const xml = junitReport(report);
    expect(xml).toContain(
      '<testsuite name="VM &quot;one&quot;" tests="3" failures="1" skipped="1" errors="0" time="4.321"',
    );
    expect(xml).toContain('timestamp="2026-01-02T03:04:05.000Z"');
    expect(xml).toContain('<failure type="CHECK_FAILED" message="It &lt;broke&gt;.">');
    expect(xml).toContain("one?[0m");
    expect(xml).toContain('<skipped message="the machine is not disposable"/>');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml.match(/<(\w+)[^>]*(?<!\/)>/g)?.length).toBe(xml.match(/<\/[\w-]+>/g)!.length);
  });
});
