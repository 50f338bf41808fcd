import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { dialects } from "../../src/index.js";
import { ConfComparison, type ConfCase, type ConfRunResult, type Texts } from "../support/conf-comparison.js";
import { Random, randomTree } from "../support/random-tree.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const program = "kconfig-conf";
const missing = spawnSync(program, ["--help"]).error === undefined ? undefined : "kconfig-frontends is not installed";

/** Unlike later ones, it also writes hidden symbols whose default is n. */
const withoutUnset = (files: Texts): Texts =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/^# .* is not set\n/gm, "")]));

// The tool of Linux 4.11, a few versions before Buildroot's.
describe("Buildroot's dialect, against kconfig-frontends", { timeout: 1_800_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kconfig-frontends-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gives the same files and output over random trees", async (context) => {
    context.skip(missing !== undefined, missing);
    const comparison = new ConfComparison(`/usr/bin/${program}`, dialects.buildroot, join(folder, "work"));
    const compare = async (seed: number, run: ConfCase): Promise<ConfRunResult> => {
      // Its names have a prefix unless this variable is there.
      const asked = { ...run, env: { CONFIG_: "", ...run.env } };
      const actual = await comparison.actual(asked);
      if (actual.stderr.endsWith(" at end of input\n")) return actual;
      const expected = comparison.expected(asked);
      // It asks on for ever in more cases than later ones.
      if (expected === undefined) return actual;
      const which = { seed, mode: run.mode };
      // Its questions are in other words, and where somebody asks for help it says other things.
      const outcome = ({ exitCode, stdout, files: written }: ConfRunResult): object => ({
        ...{ ...which, exitCode, files: withoutUnset(written) },
        ...(run.input === undefined ? { stdout } : {}),
      });
      expect(outcome(actual)).toEqual(outcome(expected));
      return actual;
    };
    for (let seed = 1; seed <= (all ? 500 : 15); seed++) {
      const random = new Random(seed * 104_729);
      const Kconfig = randomTree(seed + 500_000, 8 + (seed % 40), dialects.buildroot);
      const made = await compare(seed, { mode: "randconfig", files: { Kconfig }, env: { KCONFIG_SEED: String(seed) } });
      const part = made.files[".config"]!.split("\n").filter(() => random.chance(65));
      const files = { Kconfig, ".config": `${part.join("\n")}\n` };
      const input = `${Array.from({ length: 60 }, () => random.pick(["y", "n", "m", "", "3", "0x7", "1"])).join("\n")}\n`;
      const modes: ConfMode[] = ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig", "olddefconfig"];
      for (const mode of modes) await compare(seed, { mode, files });
      for (const mode of ["oldconfig", "oldaskconfig"] as const) await compare(seed, { mode, files, input });
      await compare(seed, { mode: "savedefconfig", files, file: "minimal" });
      await compare(seed, { mode: "defconfig", files: { Kconfig, d: files[".config"] }, file: "d" });
    }
  });
});
