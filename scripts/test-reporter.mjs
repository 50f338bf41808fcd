// A vitest reporter that writes reports/tests.json: the counts, and each skipped test with its reason.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export default class CountingReporter {
  onInit(vitest) {
    this.root = vitest.config.root;
  }

  onTestRunEnd(modules, unhandledErrors) {
    const report = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) report.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") report.passed++;
        else if (result.state === "skipped") {
          report.skipped.push({ name: test.fullName, reason: result.note ?? "no reason given" });
        } else report.failed++;
      }
    }
    mkdirSync(join(this.root, "reports"), { recursive: true });
    writeFileSync(join(this.root, "reports", "tests.json"), `${JSON.stringify(report, null, 2)}\n`);
  }
}
