import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfiguration, dialects } from "../../src/index.js";
import { BuildrootOracle, missingForOracle } from "../support/buildroot-oracle.js";
import { Random, randomTree } from "../support/random-tree.js";
import { treeOf } from "../support/tree.js";

const missing = missingForOracle();
/** KCONFIG_ORACLE=all tries more trees. */
const runs = process.env["KCONFIG_ORACLE"] === "all" ? 1000 : 50;

/** A configuration with lines left out and values changed. */
function disturb(config: string, random: Random): string {
  const lines = config.split("\n").filter(() => !random.chance(30));
  const changed = lines.map((line) => {
    if (!random.chance(15)) return line;
    if (line.endsWith("=y")) return line.replace(/=y$/, random.pick(["=m", "=n"]));
    return line.replace(/=\d+$/, `=${random.below(60)}`).replace(/^# (.*) is not set$/, "$1=y");
  });
  return `${changed.join("\n")}\n`;
}

describe("random trees, against C", () => {
  let oracle: BuildrootOracle;
  beforeAll(() => {
    if (missing === undefined) oracle = new BuildrootOracle();
  }, 120_000);
  afterAll(() => oracle?.remove());

  it("get the same files in every mode", { timeout: 900_000 }, (context) => {
    context.skip(missing !== undefined, missing);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 45 }), (seed, size) => {
        const text = randomTree(seed, size, dialects.buildroot);
        oracle.useTree(text);
        const configuration = createConfiguration(treeOf(text, dialects.buildroot, { UNAME_RELEASE: "" }));
        for (const [flag, preset] of [
          ["--alldefconfig", "default"],
          ["--allnoconfig", "no"],
          ["--allyesconfig", "yes"],
          ["--allmodconfig", "mod"],
        ] as const) {
          const fresh = createConfiguration(configuration.tree);
          fresh.preset(preset);
          const config = fresh.writeConfig();
          expect(config).toBe(oracle.run(flag));
          fresh.load(config);
          expect(fresh.writeMinimal()).toBe(oracle.minimal(config));
        }
        const random = oracle.run("--randconfig", undefined, { KCONFIG_SEED: String(seed) });
        for (const config of [random, disturb(random, new Random(seed))]) {
          configuration.load(config);
          expect(configuration.writeConfig()).toBe(oracle.run("--olddefconfig", config));
          configuration.load(config);
          expect(configuration.writeMinimal()).toBe(oracle.minimal(config));
          configuration.loadDefconfig(config);
          expect(configuration.writeConfig()).toBe(oracle.defconfig(config));
        }
      }),
      { numRuns: runs },
    );
  });
});
