import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { createConfiguration, dialects, loadTree, TreeCache } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { busyboxOracle, readTree, type BusyboxOracle } from "../support/busybox-oracle.js";
import { ConfComparison, type ConfCase, type ConfRunResult } from "../support/conf-comparison.js";
import { Random, randomTree } from "../support/random-tree.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const dialect = dialects.busybox;

/** Answers of all kinds, with a last line that may lack its end. */
function answers(random: Random): string {
  const words = [
    "y",
    "n",
    "m",
    "",
    "",
    "yes",
    "No",
    "1",
    "2",
    "17",
    "0x1f",
    "a b",
    " y ",
    "Y",
    "9",
    "-3",
    "0",
    "?",
    "2?",
  ];
  const lines = Array.from({ length: random.below(60) }, () => random.pick(words)).join("\n");
  return random.chance(80) ? `${lines}\n` : lines;
}

/** A .config with lines left out, said twice and damaged. */
function disturb(config: string, random: Random): string {
  const lines = config.split("\n").flatMap((line) => {
    if (random.chance(25)) return [];
    if (random.chance(8)) return [line, line];
    if (random.chance(10)) return [line.replace(/=.*/, `=${random.pick(["m", "x", "", '"open', "y"])}`)];
    return random.chance(8) ? [line.replace(/=\d+$/, `=${random.below(60)}`)] : [line];
  });
  return `${lines.join("\n")}\nCONFIG_GONE=y\nsense\nCsense\n# CONFIG_GONE is not set\n`;
}

describe("BusyBox, against its own conf", { timeout: 3_600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kconfig-busybox-"));
  let found: BusyboxOracle | string;
  beforeAll(async () => {
    found = await busyboxOracle();
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const oracle = (context: TestContext): BusyboxOracle => {
    context.skip(typeof found === "string", typeof found === "string" ? found : undefined);
    return found as BusyboxOracle;
  };
  const environment = ({ tree }: BusyboxOracle): Record<string, string> => ({
    srctree: tree,
    KERNELVERSION: "1.35.0",
    ARCH: "x86",
    TZ: "UTC",
  });
  const files = { "include/x": "" };

  it("writes every file and prints every line of every mode over its own tree", async (context) => {
    const { conf } = oracle(context);
    const comparison = new ConfComparison(conf, dialect, join(folder, "own"), "Config.in");
    const env = environment(oracle(context));
    const cache = new TreeCache();
    const compare = async (run: ConfCase): Promise<ConfRunResult> => {
      const expected = comparison.expected({ env, time: 1_700_000_000, ...run });
      expect(await comparison.actual({ env, time: 1_700_000_000, ...run }, cache)).toEqual(expected);
      expect(expected?.files[".config"]).toContain("# Busybox version: 1.35.0\n");
      return expected!;
    };
    const modes: ConfMode[] = ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig", "oldaskconfig"];
    // Somebody who always presses enter.
    for (const mode of modes) await compare({ mode, files, input: "\n".repeat(3000) });
    for (let seed = 0; seed < (all ? 2000 : 40); seed++) {
      const { files: made } = await compare({ mode: "randconfig", files, time: seed * 7_654_321 });
      if (seed >= (all ? 200 : 10)) continue;
      const disturbed = disturb(made[".config"]!, new Random(seed));
      await compare({ mode: "defconfig", files: { ...files, d: disturbed }, file: "d" });
      for (const mode of ["allnoconfig", "allyesconfig", "randconfig"] as const) {
        await compare({ mode, files: { ...files, some: disturbed }, env: { ...env, KCONFIG_ALLCONFIG: "some" } });
      }
    }
  });

  it("knows the time as C does", async (context) => {
    const found = oracle(context);
    const comparison = new ConfComparison(found.conf, dialect, join(folder, "time"), "Config.in");
    const cache = new TreeCache();
    for (const more of [
      { KCONFIG_NOTIMESTAMP: "1" },
      { SOURCE_DATE_EPOCH: "86400" },
      { SOURCE_DATE_EPOCH: "86400", TZ: "America/New_York" },
      { TZ: "Europe/Berlin" },
      { TZ: "" },
      { SOURCE_DATE_EPOCH: "" },
    ]) {
      const run = {
        mode: "alldefconfig",
        files,
        env: { ...environment(found), ...more },
        time: 1_720_000_000,
      } as const;
      expect(await comparison.actual(run, cache)).toEqual(comparison.expected(run));
    }
  });

  it("has the values of defconfigs and presets in the library", (context) => {
    const found = oracle(context);
    const comparison = new ConfComparison(found.conf, dialect, join(folder, "library"), "Config.in");
    const env = { ...environment(found), KCONFIG_NOTIMESTAMP: "1" };
    const tree = loadTree({ root: join(found.tree, "Config.in"), host: nodeHost(), dialect, env });
    expect(tree.diagnostics.filter(({ severity }) => severity !== "information")).toEqual([]);
    const configuration = createConfiguration(tree);
    for (const [mode, preset] of [
      ["alldefconfig", "default"],
      ["allnoconfig", "no"],
      ["allyesconfig", "yes"],
    ] as const) {
      const fresh = createConfiguration(tree);
      fresh.preset(preset);
      const expected = comparison.expected({ mode, files, env })!;
      expect(fresh.writeConfig()).toBe(expected.files[".config"]);
      expect(fresh.writeAutoconf()).toEqual({ autoConf: "", header: expected.files["include/autoconf.h"] });
    }
    for (const name of ["TEST_nommu_defconfig", "freebsd_defconfig", "android_ndk_defconfig"]) {
      const text = readTree(found, `configs/${name}`);
      configuration.load(text);
      const run = { mode: "defconfig", files: { ...files, d: text }, file: "d", env } as const;
      expect(configuration.writeConfig()).toBe(comparison.expected(run)?.files[".config"]);
    }
  });

  it("gives the same files, output and exit code in every mode over random trees", async (context) => {
    const { conf } = oracle(context);
    const comparison = new ConfComparison(conf, dialect, join(folder, "random"));
    const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 1);
    for (let seed = first; seed < first + (all ? 500 : 25); seed++) {
      const random = new Random(seed * 7919);
      const Kconfig = randomTree(seed, 8 + (seed % 40), dialect);
      const compare = async (run: ConfCase): Promise<ConfRunResult> => {
        const timed = { env: { TZ: "UTC" }, time: seed * 1_000_003, ...run };
        const actual = await comparison.actual(timed);
        // Here C goes on for ever.
        if (/^error: .* does not take its default |^error: new symbols/m.test(actual.stderr)) return actual;
        const which = { seed, mode: run.mode };
        expect({ ...which, ...actual }).toEqual({ ...which, ...comparison.expected(timed) });
        return actual;
      };
      const made = await compare({ mode: "randconfig", files: { Kconfig, ...files } });
      const config = disturb(made.files[".config"] ?? "", random);
      const input = answers(random);
      const both = { Kconfig, ...files, ".config": config };
      for (const mode of ["oldaskconfig", "oldconfig", "syncconfig"] as const)
        await compare({ mode, files: both, input });
      for (const mode of ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig", "randconfig"] as const) {
        await compare({ mode, files: both });
        await compare({ mode, files: { ...both, "all.config": config } });
      }
      await compare({ mode: "defconfig", files: { ...both, d: config }, file: "d" });
      await compare({ mode: "defconfig", files: both, file: "absent" });
    }
  });
});
