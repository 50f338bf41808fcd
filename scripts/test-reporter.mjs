// A vitest reporter that writes reports/tests.json: the counts, each failed test with its error, each skipped one with its reason.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export default class CountingReporter {
  onInit(vitest) {
    this.root = vitest.config.root;
  }

  onTestRunEnd(modules, unhandledErrors) {
    const report = { passed: 0, failures: [], skipped: [] };
    const fail = (name, errors) =>
      report.failures.push({ name, error: errors.map(({ stack, message }) => stack ?? message ?? "").join("\n") });
    for (const error of unhandledErrors) fail("outside of the tests", [error]);
    for (const module of modules) {
      const errors = module.errors();
      if (errors.length > 0) fail(module.relativeModuleId, errors);
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") report.passed++;
        else if (result.state === "skipped") {
          report.skipped.push({ name: test.fullName, reason: result.note ?? "no reason given" });
        } else fail(`${module.relativeModuleId} > ${test.fullName}`, result.errors ?? []);
      }
    }
    mkdirSync(join(this.root, "reports"), { recursive: true });
    writeFileSync(join(this.root, "reports", "tests.json"), `${JSON.stringify(report, null, 2)}\n`);
  }
}
