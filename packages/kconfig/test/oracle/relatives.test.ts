import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfiguration } from "../../src/index.js";
import { coreboot, missingForRelative, RelativeOracle, uBoot, type Relative } from "../support/relative-oracle.js";

const all = process.env["KCONFIG_ORACLE"] === "all";

const presets = { alldefconfig: "default", allnoconfig: "no", allyesconfig: "yes", allmodconfig: "mod" } as const;

/** `sync`: whether conf brings auto.conf up to date without asking anything. */
function describeRelative(relative: Relative, sample: number, sync: boolean): void {
  const missing = missingForRelative(relative);
  describe(`${relative.name}, against its own conf`, { timeout: 3_600_000 }, () => {
    let oracle: RelativeOracle;
    beforeAll(() => {
      if (missing === undefined) oracle = new RelativeOracle(relative);
    }, 600_000);
    afterAll(() => oracle?.remove());

    it("reads the tree without a finding", (context) => {
      context.skip(missing !== undefined, missing);
      expect(oracle.tree.diagnostics).toEqual([]);
    });

    it("writes every file of its configurations byte for byte", (context) => {
      context.skip(missing !== undefined, missing);
      const step = all ? 1 : Math.ceil(oracle.defconfigs.length / sample);
      const targets = [...Object.keys(presets), ...oracle.defconfigs.filter((_, index) => index % step === 0)];
      const different: string[] = [];
      for (const target of targets) {
        const configuration = createConfiguration(oracle.tree);
        const preset = presets[target as keyof typeof presets];
        const config = oracle.run(preset === undefined ? `--defconfig=${target}` : `--${target}`);
        if (preset === undefined) configuration.loadDefconfig(oracle.source(target));
        else configuration.preset(preset);
        if (configuration.writeConfig() !== config) different.push(target);
        configuration.load(config);
        if (configuration.writeMinimal() !== oracle.minimal(config)) different.push(`minimal of ${target}`);
        if (!sync) continue;
        configuration.load(config);
        const { autoConf, header } = configuration.writeAutoconf();
        const expected = oracle.sync(config);
        if (autoConf !== expected.autoConf) different.push(`auto.conf of ${target}`);
        if (header !== expected.header) different.push(`autoconf.h of ${target}`);
      }
      expect(different).toEqual([]);
    });
  });
}

describeRelative(coreboot, 12, true);
// Of U-Boot's configurations, many ask for numbers that have no default.
describeRelative(uBoot, 30, false);
