import { KconfigError } from "../errors.js";
import { loadTree } from "../model/tree.js";
import { listNew, newPlaces } from "./new-symbols.js";
import { readCurrent, readDefconfig, readSeed } from "./read.js";
import { ConfRun, EarlyExit } from "./run.js";
import { writeBuildFiles } from "./sync.js";
import type { ConfMode, ConfOptions, ConfResult } from "./types.js";
import { writeCurrent } from "./write.js";

const presets = {
  alldefconfig: "default",
  allnoconfig: "no",
  allyesconfig: "yes",
  allmodconfig: "mod",
  defconfig: "default",
} as const;

const rewrites = { yes2modconfig: [2, 1], mod2yesconfig: [1, 2], mod2noconfig: [1, 0] } as const;

/** Modes that Linux has and Buildroot has not. */
const linuxOnly: ReadonlySet<ConfMode> = new Set(["helpnewconfig", "yes2modconfig", "mod2yesconfig", "mod2noconfig"]);

/**
 * What the dialect's C `conf` does, without doing it: the exit code, what it prints, and the files that it writes, byte
 * for byte; warnings about Kconfig files are in words of our own. `runConfOnDisk` of `@ipa-br/kconfig/node` writes them.
 *
 * Throws MODE_UNSUPPORTED for what is not done here, FILE_NOT_FOUND for a missing `root`, INVALID_ARGUMENT for a missing
 * `file` or variable, ABORTED, and what the host throws.
 */
export function runConf(options: ConfOptions): ConfResult {
  requireMode(options);
  const run = new ConfRun(options, loadTree(options));
  try {
    run.reportTree();
    readInput(run);
    if (run.warnings > 0 && !run.isBuildroot && run.env["KCONFIG_WERROR"] !== undefined) return run.result(1);
    requireQuiet(run);
    change(run);
    // C looks at what it has evaluated by now, which is what it read.
    if (run.hasUnmet && !run.isBuildroot && run.env["KCONFIG_WERROR"] !== undefined) return run.result(1);
    write(run);
    return run.result(0);
  } catch (error) {
    if (error instanceof EarlyExit) return run.result(1);
    throw error;
  }
}

function requireMode({ mode, dialect, file }: ConfOptions): void {
  const isBuildroot = dialect.files.configVariable === "BR2_CONFIG";
  const missing =
    mode === "oldaskconfig" ||
    mode === "randconfig" ||
    mode === "helpnewconfig" ||
    (mode === "syncconfig" && !isBuildroot);
  if (missing || (isBuildroot && linuxOnly.has(mode))) {
    const reason = missing ? "is not done here yet" : "does not exist";
    throw new KconfigError("MODE_UNSUPPORTED", `The mode ${mode} ${reason} for the dialect ${dialect.name}.`, {
      hint: "Run the C tool of the tree for it.",
      details: { mode, dialect: dialect.name },
    });
  }
  if (file === undefined && (mode === "savedefconfig" || mode === "defconfig")) {
    throw new KconfigError("INVALID_ARGUMENT", `The mode ${mode} needs a file.`, {
      hint: `Name the file that it ${mode === "defconfig" ? "reads" : "writes"}: --${mode}=FILE`,
      details: { mode },
    });
  }
}

function readInput(run: ConfRun): void {
  const { mode, file } = run.options;
  const { configName } = run;
  if (mode === "syncconfig" && run.options.host.readFile(configName) === undefined) {
    run.fail(
      `***\n*** Configuration file "${configName}" not found!\n***\n*** Please run some configurator (e.g. "make oldconfig" or\n*** "make menuconfig" or "make xconfig").\n***\n`,
    );
  }
  if (mode === "defconfig") readDefconfig(run, file!);
  else if (mode in presets) readSeed(run);
  else readCurrent(run);
}

/** oldconfig and syncconfig ask about new symbols; that is not done here. */
function requireQuiet(run: ConfRun): void {
  const { mode } = run.options;
  if (mode === "syncconfig" && run.changed && run.setting("KCONFIG_NOSILENTUPDATE") !== undefined) {
    run.fail("\n*** The configuration requires explicit update.\n\n");
  }
  if (mode !== "oldconfig" && mode !== "syncconfig") return;
  const [first] = newPlaces(run.configuration.engine);
  if (first === undefined) return;
  const name =
    first.symbol?.name === "" ? `the choice at ${first.location.path}:${first.location.line}` : first.symbol?.name;
  throw new KconfigError("MODE_UNSUPPORTED", `${mode} would have to ask about ${name}, and asks nothing here yet.`, {
    hint: "olddefconfig gives new symbols their defaults; listnewconfig lists them.",
    details: { mode, name },
  });
}

function change(run: ConfRun): void {
  const { mode } = run.options;
  if (mode in presets) run.configuration.preset(presets[mode as keyof typeof presets]);
  if (!(mode in rewrites)) return;
  const [from, to] = rewrites[mode as keyof typeof rewrites];
  run.configuration.rewriteTristates(from, to);
}

function write(run: ConfRun): void {
  const { mode, file } = run.options;
  if (mode === "listnewconfig") run.print(listNew(run.configuration.engine));
  else if (mode === "savedefconfig")
    run.files.push({ path: file!, text: run.configuration.writeMinimal(), backup: false });
  else if (mode === "syncconfig") {
    if (run.changed) writeCurrent(run);
    writeBuildFiles(run);
  } else writeCurrent(run);
}
