import { writeAutoconf } from "../../config/write-autoconf.js";
import { refusalLine } from "../messages.js";
import type { ConfRun } from "../run.js";
import type { LazyValues } from "../values/lazy-values.js";
import { lazyView } from "../values/view.js";
import type { ConfRefusal, ConfRequest, ConfSteps } from "../walk/request.js";
import { type AutoConf, hasChanged, readAutoConf } from "./auto-conf.js";

/**
 * The files of a kernel build: auto.conf.cmd, autoconf.h, rustc_cfg, auto.conf, and an empty file per symbol whose value
 * differs from that of the auto.conf that is there. Without `overwrite` only where there is no auto.conf yet.
 */
export function* writeLinux(run: ConfRun, overwrite: boolean): ConfSteps<void> {
  const { values, env } = run;
  const name = env["KCONFIG_AUTOCONFIG"] ?? "include/config/auto.conf";
  if (!overwrite && run.has(name)) return;
  const touch = (path: string): ConfRequest => ({
    kind: "write",
    file: { path, text: "", method: "touch", folders: false },
  });
  const fail = (): void => {
    if (overwrite) run.fail("\n*** Error during sync of the configuration.\n\n");
  };
  const write = function* (path: string, text: string): ConfSteps<boolean> {
    const refusal = yield { kind: "write", file: { path, text, method: "replace", folders: true } };
    if (refusal === undefined) return true;
    run.complain(refusalLine(refusal as ConfRefusal));
    fail();
    return false;
  };
  if (!(yield* write(`${name}.cmd`, dependencies(run, name)))) return;
  if (values.modern) calculateAll(values);
  const beside = name.slice(0, name.lastIndexOf("/") + 1);
  // coreboot has a variable of its own for it.
  const folder = run.tree.dialect.files.negatives ? (env["KCONFIG_SPLITCONFIG"] ?? "include/config/") : beside;
  const auto = readAutoConf(run, name);
  // What cannot be told about symbols that the tree has no more is passed over.
  for (const symbol of auto?.gone ?? []) yield touch(folder + symbol);
  for (const symbol of changedSymbols(run, auto)) {
    if ((yield touch(folder + symbol)) !== undefined) return fail();
  }
  if (!values.modern) calculateAll(values);
  const { autoConf, header, rustcCfg } = writeAutoconf(lazyView(values), env["KCONFIG_NEGATIVES"] !== undefined);
  const files = [
    [env["KCONFIG_AUTOHEADER"] ?? "include/generated/autoconf.h", header],
    [env["KCONFIG_RUSTCCFG"] ?? "include/generated/rustc_cfg", rustcCfg],
    // The last one: make takes it for the sign that all is written.
    [name, autoConf],
  ] as const;
  for (const [path, text] of files) {
    if (text !== undefined && !(yield* write(path, text))) return;
  }
}

function calculateAll(values: LazyValues): void {
  for (const { id } of values.program.hashOrder) values.calculate(id);
}

/** The names whose value differs from that of the last auto.conf (conf_touch_deps of C). */
function changedSymbols(run: ConfRun, auto: AutoConf | undefined): string[] {
  const { values, tree } = run;
  if (!values.modern) {
    // Reading a file makes the older tool forget what it has computed.
    if (auto !== undefined) values.forgetAll();
    values.calculate(tree.internals.modules.id);
  }
  const changed: string[] = [];
  for (const { id, name, isChoice, noWrite } of values.program.hashOrder) {
    values.calculate(id);
    if (isChoice || name === "" || (noWrite && !values.modern)) continue;
    if (hasChanged(run, auto, id)) changed.push(name);
  }
  return changed;
}

/** What make is to look at before it believes auto.conf. */
function dependencies({ tree, values }: ConfRun, name: string): string {
  const files = tree.files.map((path) => `\t${path} \\\n`).join("");
  const variables = [...tree.internals.variables];
  if (values.modern) {
    const rules = variables.map(
      ([variable, value]) => `\nifneq "$(${variable})" "${value}"\n$(autoconfig): FORCE\nendif\n`,
    );
    return `autoconfig := ${name}\n\ndeps_config := \\\n${files}\n$(autoconfig): $(deps_config)\n$(deps_config): ;\n${rules.join("")}`;
  }
  const rules = variables.map(([variable, value]) => `ifneq "$(${variable})" "${value}"\n${name}: FORCE\nendif\n`);
  // The older tool puts the file that it read last first.
  const reversed = tree.files.toReversed().map((path) => `\t${path} \\\n`);
  return `deps_config := \\\n${reversed.join("")}\n${name}: $(deps_config)\n\n${rules.join("")}\n$(deps_config): ;\n`;
}
