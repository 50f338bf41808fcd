import { KconfigError } from "../errors.js";
import { EarlyExit } from "./early-exit.js";
import { loadConfTree } from "./load-tree.js";
import { presetNew, rewriteTristates, type ConfPreset } from "./preset.js";
import { GlibcRandom, readProbabilities, seedOf } from "./random.js";
import { defaultDefconfig, readCurrent, readDefconfig, readSeed } from "./read.js";
import { ConfRun } from "./run.js";
import { writeOld } from "./sync/old.js";
import { writeLinux } from "./sync/linux.js";
import { type ConfExitCode, type ConfMode, type ConfOptions, type ConfVoice, modesOf } from "./types.js";
import type { ConfSteps } from "./walk/request.js";
import { Walk, type WalkMode } from "./walk/walk.js";
import { writeCurrent, writeDefconfig } from "./write.js";

const presets: Partial<Readonly<Record<ConfMode, ConfPreset>>> = {
  alldefconfig: { to: "default" },
  allnoconfig: { to: "no" },
  allyesconfig: { to: "yes" },
  allmodconfig: { to: "mod" },
  defconfig: { to: "default" },
};

const rewrites: Partial<Readonly<Record<ConfMode, readonly [number, number]>>> = {
  yes2modconfig: [2, 1],
  mod2yesconfig: [1, 2],
  mod2noconfig: [1, 0],
};

const walks: Partial<Readonly<Record<ConfMode, WalkMode>>> = {
  oldaskconfig: "all",
  oldconfig: "new",
  syncconfig: "new",
  listnewconfig: "list",
  helpnewconfig: "help",
};

/** Modes that Linux has and the older tools have not. */
const linuxOnly: ReadonlySet<ConfMode> = new Set(["helpnewconfig", "yes2modconfig", "mod2yesconfig", "mod2noconfig"]);

/** A run of any conf but BusyBox', step by step. */
export function* laterSteps(options: ConfOptions, voice: ConfVoice): ConfSteps<ConfExitCode> {
  requireMode(options);
  const seeds = modesOf(options).map((mode) => (mode === "randconfig" ? announceSeed(options, voice) : undefined));
  const random = seeds.at(-1);
  try {
    const run = new ConfRun(options, loadConfTree(options, voice), voice);
    run.reportTree();
    readInput(run);
    run.failOnWarnings(run.warnings);
    yield* work(run, random);
    return 0;
  } catch (error) {
    if (error instanceof EarlyExit) return error.exitCode;
    throw error;
  }
}

function requireMode({ mode, dialect, file }: ConfOptions): void {
  const { kconfiglib, oldRuns } = dialect.semantics;
  if (kconfiglib || (oldRuns && linuxOnly.has(mode))) {
    throw new KconfigError("MODE_UNSUPPORTED", `The mode ${mode} does not exist for the dialect ${dialect.name}.`, {
      hint: kconfiglib
        ? "Kconfiglib has no conf: load and write with a Configuration."
        : "Name another mode, or the dialect that the tree really is of.",
      details: { mode, dialect: dialect.name },
    });
  }
  if (file === undefined && (mode === "savedefconfig" || (mode === "defconfig" && !oldRuns))) {
    throw new KconfigError("INVALID_ARGUMENT", `The mode ${mode} needs a file.`, {
      hint: `Name the file that it ${mode === "defconfig" ? "reads" : "writes"}: --${mode}=FILE`,
      details: { mode },
    });
  }
}

function announceSeed(options: ConfOptions, voice: ConfVoice): GlibcRandom {
  const { dialect } = options;
  const chosen = seedOf(options);
  const text = `KCONFIG_SEED=0x${chosen.toString(16).toUpperCase()}\n`;
  if (dialect.semantics.oldRuns) voice.complain(text);
  else voice.print(text);
  return new GlibcRandom(chosen | 0);
}

function readInput(run: ConfRun): void {
  const { mode, file } = run.options;
  const { configName } = run;
  if (run.syncs && run.isOld && !run.has(configName)) {
    run.fail(
      `***\n*** Configuration file "${configName}" not found!\n***\n*** Please run some configurator (e.g. "make oldconfig" or\n*** "make menuconfig" or "make xconfig").\n***\n`,
    );
  }
  if (mode === "defconfig") readDefconfig(run, file ?? defaultDefconfig(run));
  else if (mode in presets || mode === "randconfig") readSeed(run);
  else readCurrent(run);
}

function* work(run: ConfRun, random: GlibcRandom | undefined): ConfSteps<void> {
  const { mode, file } = run.options;
  const { syncs } = run;
  const frozen = syncs && run.setting("KCONFIG_NOSILENTUPDATE") !== undefined;
  if (frozen && run.values.changed) run.fail("\n*** The configuration requires explicit update.\n\n");
  yield* change(run, random);
  run.failOnWarnings(run.unmet);
  if (syncs && run.isOld) {
    if (run.isBuildroot ? run.values.changed : !frozen) yield* writeCurrent(run);
    yield* writeOld(run);
  } else if (mode === "savedefconfig") yield* writeDefconfig(run, file!);
  else if (mode === "listnewconfig" || mode === "helpnewconfig") return;
  else {
    if (!frozen) yield* writeCurrent(run);
    if (!run.isOld) yield* writeLinux(run, syncs);
  }
}

function* change(run: ConfRun, random: GlibcRandom | undefined): ConfSteps<void> {
  const { mode } = run.options;
  const preset = random === undefined ? presets[mode] : randomPreset(run, random);
  const rewrite = rewrites[mode];
  const walk = walks[mode];
  if (preset !== undefined) presetNew(run.values, preset);
  else if (rewrite !== undefined) rewriteTristates(run.values, ...rewrite);
  else if (walk !== undefined) yield* new Walk(run, walk).run();
}

function randomPreset(run: ConfRun, random: GlibcRandom): ConfPreset {
  const probabilities = readProbabilities(run.env["KCONFIG_PROBABILITY"]);
  if (probabilities === undefined) return run.fail("KCONFIG_PROBABILITY: Numerical result out of range\n");
  return { to: "random", random, probabilities };
}
