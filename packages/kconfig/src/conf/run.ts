import type { Environment } from "../base/environment.js";
import { createConfiguration, type Configuration } from "../configuration/configuration.js";
import type { KconfigTree } from "../model/tree.js";
import { findingLine } from "./messages.js";
import type { ConfFile, ConfOptions, ConfResult } from "./types.js";

/** Ends a run before its time, with exit code 1; what it has said so far stays. */
export class EarlyExit extends Error {}

/** One run of `conf`: what it works on, what it says, what it writes. */
export class ConfRun {
  readonly options: ConfOptions;
  readonly tree: KconfigTree;
  readonly configuration: Configuration;
  /** True where the configuration is not what the .config says. */
  changed = false;
  /** Warnings about the lines of the file that was read. */
  warnings = 0;
  readonly files: ConfFile[] = [];
  readonly #silent: boolean;
  readonly #unmet = new Set<string>();
  #stdout = "";
  #stderr = "";

  constructor(options: ConfOptions, tree: KconfigTree) {
    this.options = options;
    this.tree = tree;
    this.configuration = createConfiguration(tree);
    // Linux keeps silent about the .config where a build brings it up to date.
    this.#silent = options.silent === true || (options.mode === "syncconfig" && !this.isBuildroot);
  }

  get env(): Environment {
    return this.options.env;
  }

  /** True for Buildroot's own tool, which has stayed with the flow of Linux 4.17. */
  get isBuildroot(): boolean {
    return this.tree.dialect.files.configVariable === "BR2_CONFIG";
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
    this.#stdout += text;
  }

  complain(text: string): void {
    this.#stderr += text;
  }

  /** A message about files. */
  message(text: string): void {
    if (!this.#silent) this.print(`#\n# ${text}\n#\n`);
  }

  fail(text: string): never {
    this.complain(text);
    throw new EarlyExit(text);
  }

  /** Warns, once each, about what is selected against its dependencies now. */
  warnOfUnmet(): void {
    for (const { symbol, warning } of this.configuration.unmetDependencies()) {
      if (this.#unmet.has(symbol.name)) continue;
      this.#unmet.add(symbol.name);
      this.complain(warning);
    }
  }

  get hasUnmet(): boolean {
    return this.#unmet.size > 0;
  }

  /** Says what is wrong with the Kconfig files; an error among it ends the run. */
  reportTree(): void {
    const findings = this.tree.diagnostics.filter(({ severity }) => severity !== "information");
    for (const finding of findings) this.complain(findingLine(finding));
    if (findings.some(({ severity }) => severity === "error")) throw new EarlyExit("the tree has errors");
  }

  result(exitCode: 0 | 1): ConfResult {
    return { exitCode, stdout: this.#stdout, stderr: this.#stderr, files: exitCode === 0 ? this.files : [] };
  }
}
