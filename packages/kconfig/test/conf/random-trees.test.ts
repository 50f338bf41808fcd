import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { ConfComparison, type ConfCase, type ConfRunResult } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { Random, randomTree } from "../support/random-tree.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (all ? 500 : 12));

/** Answers of all kinds, with a last line that may lack its end. */
function answers(random: Random): string {
  const one = (): string =>
    random.pick([
      "y",
      "n",
      "m",
      "",
      "",
      "?",
      "yes",
      "No",
      "1",
      "2",
      "3?",
      "17",
      "0x1f",
      "a b",
      " y ",
      "Y",
      "no ",
      "9",
      "ab?",
      "-3",
      "0",
    ]);
  const lines = Array.from({ length: random.below(40) }, one).join("\n");
  return random.chance(80) ? `${lines}\n` : lines;
}

for (const { title, dialect, missing, conf } of confTools) {
  describe(`runConfOnDisk, against the conf of ${title}`, { timeout: 1_800_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-conf-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });
    const legacy = dialect.semantics.oldRuns;
    const generated = {
      KCONFIG_AUTOCONFIG: "gen/auto.conf",
      KCONFIG_AUTOHEADER: "gen/autoconf.h",
      KCONFIG_TRISTATE: "gen/tristate",
    };

    it("gives the same files, output and exit code in every mode over random trees", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const compare = async (seed: number, run: ConfCase): Promise<ConfRunResult> => {
        const actual = await comparison.actual(run);
        // Here the older tools ask on for ever.
        if (dialect.semantics.choice === "legacy" && actual.stderr.endsWith(" at end of input\n")) return actual;
        const expected = comparison.expected(run);
        if (expected === undefined) return actual;
        const which = { seed, mode: run.mode };
        expect({ ...which, ...actual }).toEqual({ ...which, ...expected });
        return expected;
      };
      for (let seed = first; seed < first + count; seed++) {
        const random = new Random(seed * 7919);
        const Kconfig = randomTree(seed, 8 + (seed % 40), dialect);
        const gen = { "gen/x": "" };
        const random1 = await compare(seed, {
          mode: "randconfig",
          files: { Kconfig, ...gen },
          env: { KCONFIG_SEED: String(seed) },
        });
        const config = random1.files[".config"]!;
        const part = config
          .split("\n")
          .filter(() => random.chance(65))
          .join("\n");
        const odd = `${part}\n${dialect.prefix}GONE=y\nsense\n`;
        const files = { Kconfig, ...gen, ".config": random.pick([part, odd, config]) };
        const input = answers(random);
        const synced = legacy ? generated : {};
        for (const mode of ["oldaskconfig", "oldconfig"] as const) await compare(seed, { mode, files, input });
        const first1 = await compare(seed, { mode: "syncconfig", files, input, env: synced });
        if (first1.exitCode === 0) {
          await compare(seed, { mode: "syncconfig", files: { ...first1.files, ".config": part }, input, env: synced });
        }
        await compare(seed, { mode: "syncconfig", files, input, env: { ...synced, KCONFIG_NOSILENTUPDATE: "1" } });
        const modes: ConfMode[] = [
          "olddefconfig",
          "listnewconfig",
          "alldefconfig",
          "allnoconfig",
          "allyesconfig",
          "allmodconfig",
        ];
        if (!legacy) modes.push("helpnewconfig", "yes2modconfig", "mod2yesconfig", "mod2noconfig");
        for (const mode of modes) {
          await compare(seed, { mode, files });
          if (mode.startsWith("all")) await compare(seed, { mode, files, env: { KCONFIG_ALLCONFIG: ".config" } });
        }
        await compare(seed, {
          mode: "randconfig",
          files,
          env: {
            KCONFIG_ALLCONFIG: ".config",
            KCONFIG_SEED: "-7",
            KCONFIG_PROBABILITY: random.pick(["10", "30:20", "5:90:5", "x"]),
          },
        });
        await compare(seed, { mode: "savedefconfig", files, file: "minimal" });
        await compare(seed, { mode: "defconfig", files: { Kconfig, ...gen, d: files[".config"] }, file: "d" });
        if (legacy) continue;
        await compare(seed, {
          mode: "olddefconfig",
          files,
          env: { KCONFIG_WERROR: "1", KCONFIG_WARN_UNKNOWN_SYMBOLS: "1" },
        });
        await compare(seed, {
          mode: "olddefconfig",
          files: { Kconfig, d: files[".config"] },
          env: { KCONFIG_DEFCONFIG_LIST: "absent d" },
        });
      }
    });
  });
}
