import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { brokenConfig } from "../support/broken-config.js";
import { ConfComparison, type ConfCase } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { Random, randomTree } from "../support/random-tree.js";

const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (process.env["KCONFIG_ORACLE"] === "all" ? 1000 : 12));

for (const { title, dialect, missing, conf } of confTools) {
  describe(`broken .config files, against the conf of ${title}`, { timeout: 3_600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-configs-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it("come to the same words, exit code and files, byte for byte", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      for (let seed = first; seed < first + count; seed++) {
        const random = new Random(seed * 15_485_863);
        const Kconfig = randomTree(seed, 6 + (seed % 20), dialect);
        const env = { KCONFIG_SEED: String(seed) };
        const made = comparison.expected({ mode: "randconfig", files: { Kconfig }, env })!.files[".config"]!;
        const config = brokenConfig(made, dialect.prefix, random);
        const files = { Kconfig, ".config": config };
        const runs: ConfCase[] = [
          { mode: "olddefconfig", files },
          { mode: "savedefconfig", files, file: "minimal" },
          { mode: "defconfig", files: { Kconfig, d: config }, file: "d" },
          { mode: "allnoconfig", files, env: { KCONFIG_ALLCONFIG: ".config" } },
        ];
        for (const run of runs) {
          const latin1 = { ...run, encoding: "latin1" } as const;
          const expected = comparison.expected(latin1);
          if (expected === undefined) continue;
          expect({ seed, mode: run.mode, ...(await comparison.actual(latin1)) }).toEqual({
            seed,
            mode: run.mode,
            ...expected,
          });
        }
      }
    });
  });
}
