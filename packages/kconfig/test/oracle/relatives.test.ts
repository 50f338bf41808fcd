import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfiguration } from "../../src/index.js";
import {
  coreboot,
  missingForRelative,
  RelativeOracle,
  uBoot,
  type Relative,
  type RunOutcome,
} from "../support/relative-oracle.js";

const all = process.env["KCONFIG_ORACLE"] === "all";

const presets = { alldefconfig: "default", allnoconfig: "no", allyesconfig: "yes", allmodconfig: "mod" } as const;

const told = ({ exitCode, stdout, stderr }: RunOutcome): unknown => ({ exitCode, stdout, stderr });

/** The names of the files that differ, or that one side alone has written. */
function differences({ files: ours }: RunOutcome, { files: theirs }: RunOutcome): string[] {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  // Files that a wildcard finds are in C's list in the order of its stack.
  const comparable = (name: string, text = ""): string =>
    name.endsWith(".cmd") ? text.split("\n").toSorted().join("\n") : text;
  return names.filter((name) => comparable(name, ours[name]) !== comparable(name, theirs[name]));
}

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

    it("goes through random configurations, and brings a build's files up to date, as conf does", (context) => {
      context.skip(missing !== undefined, missing);
      const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (all ? 2000 : 4));
      const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 0);
      for (let seed = first; seed < first + count; seed++) {
        const env = { KCONFIG_SEED: String(seed), KCONFIG_PROBABILITY: ["", "10", "90", "50:20"][seed % 4]! };
        const [actual, expected] = oracle.compare("randconfig", { env });
        expect([seed, told(actual), differences(actual, expected)]).toEqual([seed, told(expected), []]);
        const config = expected.files[".config"]!;
        for (const mode of ["olddefconfig", "syncconfig"] as const) {
          const [ours, theirs] = oracle.compare(mode, { config });
          // Here C goes on for ever.
          if (ours.stderr.endsWith(" at end of input\n")) continue;
          expect([seed, mode, told(ours), differences(ours, theirs)]).toEqual([seed, mode, told(theirs), []]);
        }
      }
    });
  });
}

describeRelative(coreboot, 12, true);
// Of U-Boot's configurations, many ask for numbers that have no default.
describeRelative(uBoot, 30, false);
