import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfComparison, type ConfRunResult } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { randomRun } from "../support/random-run.js";
import { Random, randomTree } from "../support/random-tree.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (all ? 1000 : 40));

/** In help texts the older tools print what stood in memory that they have given back. */
const textValue = /\[=(?![nmy]\])[^\]]*\]/g;

for (const { title, dialect, missing, conf } of confTools) {
  describe(`any call of conf, against that of ${title}`, { timeout: 1_800_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-runs-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it("ends, says and writes the same", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const isOld = dialect.semantics.oldRuns;
      let compared = 0;
      for (let seed = first; seed < first + count; seed++) {
        const random = new Random(seed * 104729);
        const Kconfig = randomTree(seed, 8 + (seed % 20), dialect);
        const start = { mode: "randconfig", files: { Kconfig }, env: { KCONFIG_SEED: String(seed) } } as const;
        const config = (await comparison.actual(start)).files[".config"]!;
        const run = randomRun(seed, dialect, config, random);
        const actual = await comparison.actual(run);
        // Here the older tools ask on for ever.
        if (dialect.semantics.choice === "legacy" && actual.stderr.endsWith(" at end of input\n")) continue;
        const expected = comparison.expected(run);
        if (expected === undefined) continue;
        const { files: _, ...call } = run;
        const compare = (result: ConfRunResult): object => ({
          ...{ seed, call },
          ...{ ...result, stdout: isOld ? result.stdout.replaceAll(textValue, "[=?]") : result.stdout },
        });
        expect(compare(actual)).toEqual(compare(expected));
        compared++;
      }
      expect(compared).toBeGreaterThan(count / 2);
    });
  });
}
