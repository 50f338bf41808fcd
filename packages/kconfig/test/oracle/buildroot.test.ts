import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfiguration, dialects, loadTree, type Configuration, type KconfigTree } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { buildroot, BuildrootOracle, missingForOracle } from "../support/buildroot-oracle.js";

const missing = missingForOracle();
/** KCONFIG_ORACLE=all compares every defconfig and 200 random configurations; the default is a sample. */
const all = process.env["KCONFIG_ORACLE"] === "all";
const sample = 40;
const seeds = all ? 200 : 10;

describe("Buildroot, against its own C tool", () => {
  let oracle: BuildrootOracle;
  let tree: KconfigTree;
  let configuration: Configuration;

  beforeAll(() => {
    if (missing !== undefined) return;
    oracle = new BuildrootOracle();
    tree = loadTree({
      root: join(buildroot, "Config.in"),
      host: nodeHost(),
      dialect: dialects.buildroot,
      env: oracle.env,
    });
    configuration = createConfiguration(tree);
  }, 120_000);
  afterAll(() => oracle?.remove());

  it("reads the tree without a finding", (context) => {
    context.skip(missing !== undefined, missing);
    expect(tree.diagnostics).toEqual([]);
    expect(tree.symbols.length).toBeGreaterThan(9000);
    expect(tree.title).toBe("Buildroot 2026.02.3 Configuration");
  });

  for (const [flag, preset] of [
    ["--alldefconfig", "default"],
    ["--allnoconfig", "no"],
    ["--allyesconfig", "yes"],
    ["--allmodconfig", "mod"],
  ] as const) {
    it(`writes the files of ${flag} byte for byte`, (context) => {
      context.skip(missing !== undefined, missing);
      const fresh = createConfiguration(tree);
      fresh.preset(preset);
      const config = fresh.writeConfig();
      expect(config).toBe(oracle.run(flag));
      fresh.load(config);
      expect(fresh.writeMinimal()).toBe(oracle.minimal(config));
      fresh.load(config);
      expect(fresh.writeAutoconf()).toEqual(oracle.sync(config));
    });
  }

  it("writes .config and minimal defconfig of defconfigs byte for byte", { timeout: 600_000 }, (context) => {
    context.skip(missing !== undefined, missing);
    const names = readdirSync(join(buildroot, "configs")).filter((name) => name.endsWith("_defconfig"));
    expect(names.length).toBeGreaterThan(300);
    const step = all ? 1 : Math.ceil(names.length / sample);
    const different: string[] = [];
    for (const name of names.filter((_, index) => index % step === 0)) {
      configuration.loadDefconfig(readFileSync(join(buildroot, "configs", name), "utf8"));
      const config = configuration.writeConfig();
      if (config !== oracle.run(`--defconfig=configs/${name}`)) different.push(name);
      configuration.load(config);
      if (configuration.writeMinimal() !== oracle.minimal(config)) different.push(`minimal ${name}`);
    }
    expect(different).toEqual([]);
  });

  it("evaluates random configurations, whole and in pieces, as C does", { timeout: 600_000 }, (context) => {
    context.skip(missing !== undefined, missing);
    const different: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const random = oracle.run("--randconfig", undefined, { KCONFIG_SEED: String(seed) });
      const keep = (_: string, index: number): boolean => (Math.imul(index + seed, 0x9e3779b1) >>> 16) % 3 !== 0;
      const pieces = `${random.split("\n").filter(keep).join("\n")}\n`;
      for (const config of [random, pieces]) {
        const name = `seed ${seed}${config === random ? "" : " in pieces"}`;
        configuration.load(config);
        const written = configuration.writeConfig();
        if (written !== oracle.run("--olddefconfig", config)) different.push(name);
        configuration.load(written);
        if (configuration.writeMinimal() !== oracle.minimal(written)) different.push(`minimal of ${name}`);
      }
    }
    expect(different).toEqual([]);
  });
});
