import type { Diagnostic } from "../base/diagnostics.js";
import { seedConfig } from "../config/load.js";
import { configWarning } from "./messages.js";
import type { ConfRun } from "./run.js";

/** Reads the .config, else the first of KCONFIG_DEFCONFIG_LIST that there is, else nothing (conf_read without a name). */
export function readCurrent(run: ConfRun): void {
  const text = run.read(run.configName);
  if (text !== undefined) {
    load(run, text, run.configName);
    return;
  }
  run.changed = true;
  if (run.isBuildroot) return;
  for (const name of (run.env["KCONFIG_DEFCONFIG_LIST"] ?? "").split(/\s+/).filter((path) => path !== "")) {
    const defaults = run.read(name);
    if (defaults === undefined) continue;
    run.message(`using defaults found in ${name}`);
    load(run, defaults, name);
    run.changed = true;
    return;
  }
}

/** Reads a defconfig. */
export function readDefconfig(run: ConfRun, path: string): void {
  const text = run.read(path);
  if (text === undefined) run.fail(`***\n*** Can't find default configuration "${path}"!\n***\n`);
  load(run, text, path);
}

function load(run: ConfRun, text: string, path: string): void {
  const report = run.configuration.load(text, { path });
  run.changed = report.changed;
  warn(run, report.diagnostics);
  run.warnOfUnmet();
}

/** What KCONFIG_ALLCONFIG asks for: a file of values that an all...config starts from. */
export function readSeed(run: ConfRun): void {
  const named = run.env["KCONFIG_ALLCONFIG"];
  if (named === undefined) return;
  if (named !== "" && named !== "1") {
    if (!seed(run, named)) run.fail(`*** Can't read seed configuration "${named}"!\n`);
    return;
  }
  const own = run.options.mode === "randconfig" ? "allrandom.config" : run.options.mode.replace("config", ".config");
  if (seed(run, own) || seed(run, "all.config")) return;
  run.fail(`*** KCONFIG_ALLCONFIG set, but no "${own}" or "all.config" file found\n`);
}

function seed(run: ConfRun, path: string): boolean {
  const text = run.read(path);
  if (text === undefined) return false;
  warn(run, seedConfig(run.configuration.engine, text, path));
  return true;
}

function warn(run: ConfRun, findings: readonly Diagnostic[]): void {
  const unknown = !run.isBuildroot && run.env["KCONFIG_WARN_UNKNOWN_SYMBOLS"] !== undefined;
  for (const finding of findings) {
    const text = configWarning(finding, run.tree.dialect.prefix, unknown);
    if (text === undefined) continue;
    run.warnings++;
    if (finding.code === "config-undefined-symbol") run.changed = true;
    run.complain(text);
  }
}
