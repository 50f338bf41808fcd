import type { Diagnostic } from "../base/diagnostics.js";
import { assignConfigLines } from "../config/assign-lines.js";
import { configWarning, isNotice } from "./messages.js";
import type { ConfRun } from "./run.js";
import { isSaved } from "./values/answer.js";

/** Reads the .config, else the first of KCONFIG_DEFCONFIG_LIST that there is, else nothing (conf_read without a name). */
export function readCurrent(run: ConfRun): void {
  const { values } = run;
  values.changed = false;
  const text = run.read(run.configName);
  if (text !== undefined) {
    load(run, text, run.configName);
    return;
  }
  values.changed = true;
  for (const name of defaultLists(run)) {
    const defaults = run.read(name);
    if (defaults === undefined) continue;
    run.message(`using defaults found in ${name}`);
    // coreboot's tool names the .config for it.
    load(run, defaults, run.tree.dialect.files.overrideNotices ? run.configName : name);
    return;
  }
  values.calculate(run.tree.internals.modules.id);
}

/** Where to look for defaults: Linux has a variable for it, Buildroot's tool a symbol that no tree of its own uses. */
function defaultLists(run: ConfRun): string[] {
  if (run.isOld) return [];
  return (run.env["KCONFIG_DEFCONFIG_LIST"] ?? "").split(/[ \t\n\v\f\r]+/).filter((path) => path !== "");
}

/** Reads a defconfig. */
export function readDefconfig(run: ConfRun, path: string): void {
  run.values.changed = false;
  const text = run.read(path);
  if (text === undefined) run.fail(`***\n*** Can't find default configuration "${path}"!\n***\n`);
  load(run, text, path);
}

/** The defconfig of the older tools where none is named. */
export function defaultDefconfig(run: ConfRun): string {
  const sources = run.env["srctree"];
  const name = run.isBuildroot ? ".defconfig" : `arch/${run.env["ARCH"] ?? ""}/defconfig`;
  const inSources = `${sources}/${name}`;
  return sources !== undefined && run.has(inSources) ? inSources : name;
}

/** What KCONFIG_ALLCONFIG asks for: a file of values that an all...config starts from. */
export function readSeed(run: ConfRun): void {
  const named = run.env["KCONFIG_ALLCONFIG"];
  if (named === undefined) return;
  if (named !== "" && named !== "1") {
    if (!assign(run, named)) run.fail(`*** Can't read seed configuration "${named}"!\n`);
    return;
  }
  const own = run.options.mode === "randconfig" ? "allrandom.config" : run.options.mode.replace("config", ".config");
  if (assign(run, own) || assign(run, "all.config")) return;
  run.fail(`*** KCONFIG_ALLCONFIG set, but no "${own}" or "all.config" file found\n`);
}

function assign(run: ConfRun, path: string): boolean {
  const text = run.read(path);
  if (text !== undefined) assignText(run, text, path);
  return text !== undefined;
}

/** Takes the values of a text, and warns about its lines. */
function assignText(run: ConfRun, text: string, path: string): void {
  const { values } = run;
  values.forgetAll();
  const { diagnostics, unknown } = assignConfigLines(values, text, path);
  run.warnings = 0;
  if (unknown.length > 0) values.changed = true;
  warn(run, diagnostics);
}

function warn(run: ConfRun, findings: readonly Diagnostic[]): void {
  const unknown = !run.isOld && run.env["KCONFIG_WARN_UNKNOWN_SYMBOLS"] !== undefined;
  for (const finding of findings) {
    const text = configWarning(finding, unknown);
    if (text === undefined) continue;
    if (!isNotice(finding)) run.warnings++;
    run.complain(text);
  }
}

/** Reads a file and looks whether the values hold (conf_read of C). */
function load(run: ConfRun, text: string, path: string): void {
  const { values } = run;
  assignText(run, text, path);
  values.calculate(run.tree.internals.modules.id);
  let unsaved = 0;
  for (const symbol of values.program.hashOrder) {
    const { id } = symbol;
    values.calculate(id);
    if (values.isChoice(id) || (!values.modern && symbol.noWrite)) continue;
    if (!isSaved(values, id)) unsaved++;
  }
  if (!values.modern) unsaved += forgetVoidValues(run, unsaved);
  if (unsaved > 0 || run.warnings > 0) values.changed = true;
}

/** Values of hidden symbols, where nothing else is amiss, and numbers out of range are forgotten, or computed once more; returns how many of the latter. */
function forgetVoidValues({ values }: ConfRun, unsaved: number): number {
  const { user } = values;
  const keeps = values.tree.dialect.semantics.rangeKeepsUser;
  let count = 0;
  for (const { id, type } of values.program.hashOrder) {
    if (user.has[id] === 0 || values.program.choice[id]! >= 0) continue;
    if (values.visible[id] === 0 && unsaved + count === 0) user.has[id] = 0;
    if (type !== "string" && type !== "int" && type !== "hex") continue;
    if (values.takesText(id, user.text[id] ?? "")) continue;
    if (!keeps) user.has[id] = 0;
    values.valid[id] = 0;
    count++;
  }
  return count;
}
