import type { Environment } from "../base/environment.js";
import type { KconfigTree } from "../model/tree.js";
import { findingLine, sayFinding } from "./messages.js";
import type { ConfExitCode, ConfOptions, ConfVoice } from "./types.js";
import { LazyValues } from "./values/lazy-values.js";
import { unmetWarning } from "./values/print.js";

/** Ends a run before its time; what it has said and written so far stays. */
export class EarlyExit extends Error {
  readonly exitCode: ConfExitCode;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a run says; handed on before it waits for anything. */
export type ConfOutput = ConfVoice;

/** One run of `conf`: what it works on, and what it says. */
export class ConfRun {
  readonly options: ConfOptions;
  readonly tree: KconfigTree;
  readonly values: LazyValues;
  /** Warnings about the lines of the file that was read. */
  warnings = 0;
  /** Warnings about symbols that are selected against their dependencies. */
  unmet = 0;
  readonly #output: ConfOutput;
  readonly #silent: boolean;

  constructor(options: ConfOptions, tree: KconfigTree, output: ConfOutput) {
    this.options = options;
    this.tree = tree;
    this.#output = output;
    this.values = new LazyValues(tree, (symbol) => {
      this.unmet++;
      this.complain(unmetWarning(this.values, symbol));
    });
    // Linux keeps silent about the .config where a build brings it up to date.
    this.#silent = options.silent === true || (options.mode === "syncconfig" && !this.isBuildroot);
  }

  get env(): Environment {
    return this.options.env;
  }

  /** True for Buildroot's own tool. */
  get isBuildroot(): boolean {
    return this.tree.dialect.files.configVariable === "BR2_CONFIG";
  }

  /** True for Buildroot's and U-Boot's. */
  get isOld(): boolean {
    return this.tree.dialect.semantics.oldRuns;
  }

  /** Where the .config is. */
  get configName(): string {
    return this.env[this.tree.dialect.files.configVariable] ?? ".config";
  }

  /** A variable's value, where it is set and not empty. */
  setting(name: string): string | undefined {
    const value = this.env[name];
    return value === "" ? undefined : value;
  }

  /** The text of a file of the working folder, else of `srctree`. */
  read(path: string): string | undefined {
    const { host } = this.options;
    const text = host.readFile(path);
    const sources = this.env["srctree"];
    if (text !== undefined || path.startsWith("/") || sources === undefined) return text;
    return host.readFile(`${sources}/${path}`);
  }

  print(text: string): void {
    this.#output.print(text);
  }

  complain(text: string): void {
    this.#output.complain(text);
  }

  /** A message about files. */
  message(text: string): void {
    if (!this.#silent) this.print(`#\n# ${text}\n#\n`);
  }

  fail(text: string): never {
    this.complain(text);
    throw new EarlyExit(text);
  }

  /** Linux: warnings so far end the run, where KCONFIG_WERROR is there. */
  failOnWarnings(warnings: number): void {
    if (warnings > 0 && !this.isOld && this.env["KCONFIG_WERROR"] !== undefined) {
      throw new EarlyExit("KCONFIG_WERROR is set");
    }
  }

  /** Says what is wrong with the Kconfig files; an error among it ends the run. */
  reportTree(): void {
    const { report } = this.options;
    if (report !== undefined) {
      if (!report(this.options, this.tree, this)) throw new EarlyExit("the tool refuses the tree");
      return;
    }
    const findings = this.tree.diagnostics.filter(({ severity }) => severity !== "information");
    for (const finding of findings) sayFinding(finding, findingLine(finding), this);
    if (findings.some(({ severity }) => severity === "error")) throw new EarlyExit("the tree has errors");
  }
}
