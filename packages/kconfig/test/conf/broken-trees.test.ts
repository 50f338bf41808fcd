import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfComparison } from "../support/conf-comparison.js";
import { brokenTree } from "../support/broken-tree.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";

const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (process.env["KCONFIG_ORACLE"] === "all" ? 5000 : 120));

for (const { dialect, missing, conf } of confTools) {
  describe(`broken trees, against the conf of ${dialect.title}`, { timeout: 3_600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-broken-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it("come to the same words, exit code and files", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      let refused = 0;
      for (let seed = first; seed < first + count; seed++) {
        const files = { ...brokenTree(seed, dialect), ".config": `${dialect.prefix}S0=y\n` };
        const run = { mode: seed % 3 === 0 ? "olddefconfig" : "alldefconfig", files, encoding: "latin1" } as const;
        const expected = comparison.expected({ ...run, env: { HOME: "/home" } });
        // There are trees that C itself does not survive.
        if (expected === undefined) continue;
        if (expected.exitCode !== 0) refused++;
        const actual = await comparison.actual({ ...run, env: { HOME: "/home" } });
        expect({ seed, ...actual }).toEqual({ seed, ...expected });
      }
      expect(refused).toBeGreaterThan(count / 3);
    });
  });
}
