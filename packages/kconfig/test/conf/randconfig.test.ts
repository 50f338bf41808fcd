import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfComparison } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { randomTree } from "../support/random-tree.js";

const count = process.env["KCONFIG_ORACLE"] === "all" ? 2000 : 60;
const probabilities = ["", "5", "100", "50:20", "0:100", "70:10:80"];

for (const { title, dialect, missing, conf } of confTools) {
  describe(`randconfig, against the conf of ${title}`, { timeout: 3_600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-rand-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it("gives the same bytes for the same seed", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      for (let seed = 0; seed < count; seed++) {
        const Kconfig = randomTree(20_000 + Math.floor(seed / 10), 60, dialect);
        const env = {
          KCONFIG_SEED: seed % 7 === 0 ? `0x${(seed * 2_654_435_761).toString(16)}` : String(seed),
          KCONFIG_PROBABILITY: probabilities[seed % probabilities.length]!,
        };
        const run = { mode: "randconfig", files: { Kconfig }, env } as const;
        const expected = comparison.expected(run);
        const actual = await comparison.actual(run);
        expect([seed, actual.exitCode, actual.stdout, actual.files]).toEqual([
          seed,
          expected?.exitCode,
          expected?.stdout,
          expected?.files,
        ]);
      }
    });
  });
}
