import type { ConfMode } from "../../src/conf.js";
import type { Dialect } from "../../src/index.js";
import { brokenConfig } from "./broken-config.js";
import type { ConfCase } from "./conf-comparison.js";
import { type Random, randomTree } from "./random-tree.js";

const oldModes: readonly ConfMode[] = [
  ...(["oldaskconfig", "oldconfig", "syncconfig", "olddefconfig", "alldefconfig", "allnoconfig"] as const),
  ...(["allyesconfig", "allmodconfig", "randconfig", "defconfig", "savedefconfig", "listnewconfig"] as const),
];
const linuxModes: readonly ConfMode[] = [
  ...oldModes,
  ...(["helpnewconfig", "yes2modconfig", "mod2yesconfig", "mod2noconfig"] as const),
];

/** Files of values that a run may find, be it asked for them or not. */
const valueFiles: readonly string[] = [
  ...["values", "all.config", "allno.config", "allyes.config", "allmod.config", "alldef.config", "allrandom.config"],
  ...["src/values", "src/.config", "there/.config", ".config.old", "include/config/auto.conf", "there/auto.conf"],
];

/** What variables may hold, and how often in a hundred runs they do. */
const variables: Readonly<Record<string, readonly [number, ...string[]]>> = {
  KCONFIG_OVERWRITECONFIG: [20, "1", ""],
  KCONFIG_ALLCONFIG: [30, "", "1", "values", "none", "there", "/dev/null"],
  KCONFIG_NOSILENTUPDATE: [20, "1", ""],
  KCONFIG_WERROR: [15, "1", ""],
  KCONFIG_WARN_UNKNOWN_SYMBOLS: [15, "1"],
  KCONFIG_PROBABILITY: [20, "10", "20:30", "10:20:30", "60:50", "0", "100", "x", "10:", ":"],
  KCONFIG_AUTOHEADER: [10, "header.h", "there/header.h"],
  KCONFIG_RUSTCCFG: [10, "cfg"],
  KCONFIG_TRISTATE: [10, "there/tristate"],
  KCONFIG_DEFCONFIG_LIST: [15, "none values", "there", " all.config"],
  KCONFIG_NEGATIVES: [10, "1"],
  KCONFIG_SPLITCONFIG: [10, "split/", "there/"],
  srctree: [20, "src", ".", ""],
};

/** A call of conf: any modes, variables and files, and answers that may end too early. `config`: a .config of the tree. */
export function randomRun(seed: number, dialect: Dialect, config: string, random: Random): ConfCase {
  const { oldRuns } = dialect.semantics;
  const damaged = (): string => brokenConfig(config, dialect.prefix, random);
  const files: Record<string, string> = {
    // The older tools make no folders for what they write.
    ...{ Kconfig: randomTree(seed, 8 + (seed % 20), dialect), "there/x": "" },
    ...{ "include/config/there": "", "include/generated/there": "" },
  };
  if (random.chance(70)) files[".config"] = random.chance(50) ? config : damaged();
  // What a damaged auto.conf makes of the older tools' symbols, a bool of a number even, is not followed.
  const thinned = (): string => config.replace(/^.*\n/gm, (line) => (random.chance(70) ? line : ""));
  for (const name of valueFiles) {
    if (random.chance(25)) files[name] = oldRuns && name.endsWith("auto.conf") ? thinned() : damaged();
  }
  const env: Record<string, string> = {
    KCONFIG_SEED: random.pick(["1", "0x7", "077", " 5", "-3"]),
    KCONFIG_AUTOCONFIG: random.pick(["include/config/auto.conf", "there/auto.conf"]),
  };
  for (const [name, [chance, ...values]] of Object.entries(variables)) {
    if (random.chance(chance)) env[name] = random.pick(values);
  }
  // The older tools leave a file behind where they cannot write the .config.
  const names = ["there/.config", "./conf", ...(oldRuns ? [] : ["", "no/where", "there"])];
  if (random.chance(15)) env[dialect.files.configVariable] = random.pick(names);
  const modes = oldRuns ? oldModes : linuxModes;
  const mode = random.pick(modes);
  const before = Array.from({ length: random.chance(85) ? 0 : 2 }, () => random.pick(modes));
  // These take a file, which is then the one of the last mode.
  const isPlain = (name: ConfMode): boolean => name !== "defconfig" && name !== "savedefconfig";
  const file = { defconfig: ["values", "none", "there"], savedefconfig: ["min", "there/min", "none/min"] }[
    mode as string
  ];
  const answers = Array.from({ length: random.pick([0, 2, 30, 200]) }, () =>
    random.pick(["y", "n", "m", "", "?", "1", "2", "0x5", "text", "N", "??", "12"]),
  );
  return {
    ...{ mode, before: before.filter(isPlain), files, env },
    root: random.pick(["Kconfig", "Kconfig", "./Kconfig", "there/../Kconfig"]),
    ...(file === undefined ? {} : { file: random.pick(file) }),
    input: answers.map((answer) => `${answer}\n`).join(""),
    encoding: "latin1",
  };
}
