import { KconfigError } from "../../errors.js";
import type { KconfigTree } from "../../model/tree.js";
import { writeEarlyConfig, writeEarlyHeader, type EarlyView } from "../../config/early-files.js";
import { EarlyExit } from "../early-exit.js";
import { loadConfTree } from "../load-tree.js";
import { openHere, openText } from "../open-text.js";
import { GlibcRandom, seedOf } from "../random.js";
import { reportTree } from "../reading/report-tree.js";
import type { ConfExitCode, ConfFile, ConfMode, ConfOptions, ConfVoice } from "../types.js";
import type { ConfSteps } from "../walk/request.js";
import { EarlyConsole, type EarlyMode } from "./ask.js";
import { EarlyValues } from "./early-values.js";
import { readSimple, settleRead } from "./read.js";
import { earlyStamp } from "./stamp.js";
import { EarlyWalk } from "./walk.js";

const modes: Partial<Readonly<Record<ConfMode, EarlyMode>>> = {
  oldaskconfig: "all",
  oldconfig: "new",
  syncconfig: "silent",
  defconfig: "default",
  alldefconfig: "default",
  allyesconfig: "yes",
  allmodconfig: "mod",
  allnoconfig: "no",
  randconfig: "random",
};

const config = ".config";

/** A run of BusyBox' conf step by step, as `laterSteps` is one of the later tools. */
export function* earlySteps(options: ConfOptions, output: ConfVoice): ConfSteps<ConfExitCode> {
  const { mode, dialect } = options;
  if (modes[mode] === undefined) {
    throw new KconfigError("MODE_UNSUPPORTED", `The mode ${mode} does not exist for the dialect ${dialect.name}.`, {
      hint: `Its tool has ${Object.keys(modes).join(", ")}.`,
      details: { mode, dialect: dialect.name },
    });
  }
  const random = mode === "randconfig" ? new GlibcRandom(seedOf(options) | 0) : undefined;
  try {
    const tree = loadConfTree(options, output);
    yield* new EarlyRun(options, tree, output).run(random);
    return 0;
  } catch (error) {
    if (error instanceof EarlyExit) return error.exitCode;
    throw error;
  }
}

/**
 * A run of BusyBox' conf, a tool of Linux 2.6's first years: every mode asks about the whole tree, and those that need
 * nobody answer by themselves. It always writes the .config, include/autoconf.h and .kconfig.d.
 */
class EarlyRun {
  readonly #options: ConfOptions;
  readonly #tree: KconfigTree;
  readonly #output: ConfVoice;
  readonly #values: EarlyValues;
  readonly #mode: EarlyMode;

  constructor(options: ConfOptions, tree: KconfigTree, output: ConfVoice) {
    this.#options = options;
    this.#tree = tree;
    this.#output = output;
    this.#values = new EarlyValues(tree);
    this.#mode = modes[options.mode]!;
  }

  *run(random: GlibcRandom | undefined): ConfSteps<void> {
    if (!reportTree(this.#options, this.#tree, this.#output)) throw new EarlyExit("the tool refuses the tree");
    this.#readInput();
    const setup = {
      mode: this.#mode,
      canAsk: this.#mode !== "silent" || this.#options.terminal === true,
      random: random ?? new GlibcRandom(1),
    };
    const run = { print: (text: string) => this.#output.print(text), fail: (text: string) => this.#fail(text) };
    yield* new EarlyWalk(new EarlyConsole(run, this.#values, setup)).run();
    yield* this.#write();
  }

  #readInput(): void {
    const { env, host, file = "/dev/null" } = this.#options;
    if (this.#mode === "default") {
      const text = this.#text(file);
      if (text !== undefined) return this.#read(file, text);
      this.#output.print(`***\n*** Can't find default configuration "${file}"!\n***\n`);
      throw new EarlyExit("no defconfig");
    }
    if (this.#mode === "all" || this.#mode === "new" || this.#mode === "silent") return this.#readCurrent();
    const own = { yes: "allyes", mod: "allmod", no: "allno", random: "allrandom" }[this.#mode];
    for (const name of [env["KCONFIG_ALLCONFIG"], `${own}.config`, "all.config"]) {
      if (name === undefined || name === "") continue;
      const text = openHere(host, name);
      if (text === undefined) continue;
      readSimple(this.#values, text, name, (line) => this.#output.complain(line));
      return undefined;
    }
    return undefined;
  }

  #readCurrent(): void {
    if (this.#mode === "silent" && openHere(this.#options.host, config) === undefined) {
      const advice = `*** Please run some configurator (e.g. "make oldconfig" or\n*** "make menuconfig" or "make defconfig").\n`;
      this.#output.print(`***\n*** You have not yet configured busybox!\n***\n${advice}***\n`);
      throw new EarlyExit("no .config");
    }
    const text = this.#text(config);
    const name = text === undefined ? "/dev/null" : config;
    this.#output.print(`#\n# using defaults found in ${name}\n#\n`);
    this.#read(name, text ?? "");
  }

  #read(name: string, text: string): void {
    const warnings = readSimple(this.#values, text, name, (line) => this.#output.complain(line));
    settleRead(this.#values, warnings);
  }

  #text(path: string): string | undefined {
    return path === "/dev/null" ? "" : openText(this.#options, path);
  }

  *#write(): ConfSteps<void> {
    const { env, time } = this.#options;
    const stamp = earlyStamp(env, time ?? new Date());
    if (this.#values.changes === 0) this.#values.invalidate();
    const view = viewOf(this.#values);
    const text = writeEarlyConfig(view, stamp);
    const file = (path: string, content: string, method: ConfFile["method"]): ConfFile => ({
      ...{ path, method, text: content, folders: false },
    });
    if ((yield { kind: "write", file: file(".kconfig.d", this.#dependencies(), "replace") }) !== undefined) {
      this.#failWriting();
    }
    // Where there is no folder include, C goes on without the header.
    yield { kind: "write", file: file("include/autoconf.h", writeEarlyHeader(view, stamp), "replace") };
    if ((yield { kind: "write", file: file(config, text, "backup") }) !== undefined) this.#failWriting();
  }

  /** What make is to look at before it believes the files. */
  #dependencies(): string {
    const files = [...this.#tree.files].reverse().map((path) => `\t${path}`);
    const rules = ".config include/autoconf.h: $(deps_config)\n\ninclude/autoconf.h: .config\n\n$(deps_config):\n";
    return `deps_config := \\\n${files.join(" \\\n")}\n\n${rules}`;
  }

  #failWriting(): never {
    return this.#fail("\n*** Error during writing of the configuration.\n\n");
  }

  #fail(text: string): never {
    this.#output.complain(text);
    throw new EarlyExit(text);
  }
}

/** The values for the writers of files; each is computed where it is asked for. */
function viewOf(values: EarlyValues): EarlyView {
  return {
    tree: values.tree,
    isLogic: (symbol) => values.isLogic(symbol),
    isMenuVisible: (menu) => values.isMenuVisible(menu),
    textOf: (symbol) => {
      values.calculate(symbol);
      return values.textOf(symbol);
    },
  };
}
