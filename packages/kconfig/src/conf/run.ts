import type { Environment } from "../base/environment.js";
import type { KconfigTree } from "../model/tree.js";
import { EarlyExit } from "./early-exit.js";
import { isFolder, openHere, openText } from "./open-text.js";
import { reportTree } from "./reading/report-tree.js";
import { type ConfOptions, type ConfVoice, modesOf } from "./types.js";
import { LazyValues } from "./values/lazy-values.js";
import { unmetWarning } from "./values/print.js";

/** One run of `conf`: what it works on, and what it says. */
export class ConfRun {
  readonly options: ConfOptions;
  readonly tree: KconfigTree;
  readonly values: LazyValues;
  /** True where the files of a build are to be written. */
  readonly syncs: boolean;
  /** Warnings about the lines of the file that was read. */
  warnings = 0;
  /** Warnings about symbols that are selected against their dependencies. */
  unmet = 0;
  readonly #output: ConfVoice;
  readonly #silent: boolean;
  #held: string | undefined;

  constructor(options: ConfOptions, tree: KconfigTree, output: ConfVoice) {
    this.options = options;
    this.tree = tree;
    this.#output = output;
    this.values = new LazyValues(tree, (symbol) => {
      this.unmet++;
      this.complain(unmetWarning(this.values, symbol));
    });
    this.syncs = modesOf(options).includes("syncconfig");
    // Linux keeps silent about the .config where a build brings it up to date.
    this.#silent = options.silent === true || (this.syncs && !this.isBuildroot);
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
    return openText(this.options, path);
  }

  isFolder(path: string): boolean {
    return isFolder(this.options.host, path);
  }

  /** Whether there is such a file, or a folder in its place. */
  has(path: string): boolean {
    return openHere(this.options.host, path) !== undefined;
  }

  print(text: string): void {
    this.#output.print(text);
  }

  complain(text: string): void {
    if (this.#held === undefined) this.#output.complain(text);
    else this.#held += text;
  }

  /** Makes the text of a file, and keeps what is complained of on the way: C says nothing where it cannot open the file. */
  textAside(make: () => string): { readonly text: string; readonly said: string } {
    this.#held = "";
    const text = make();
    const said = this.#held;
    this.#held = undefined;
    return { text, said };
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
    if (!reportTree(this.options, this.tree, this)) throw new EarlyExit("the tool refuses the tree");
  }
}
