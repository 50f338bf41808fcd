import { variableOf } from "../../base/environment.js";
import { readConfig } from "../../config/read.js";
import { writeAutoconf } from "../../config/write-autoconf.js";
import { KconfigError } from "../../errors.js";
import type { ConfRun } from "../run.js";
import { lazyView } from "../values/view.js";
import type { ConfRequest, ConfSteps } from "../walk/request.js";
import { type AutoConf, hasChanged, readAutoConf } from "./auto-conf.js";

/**
 * The files of a build: auto.conf, autoconf.h, tristate.config, and an empty file per symbol whose value differs from
 * that of the auto.conf that is there (conf_write_autoconf and conf_split_config of Buildroot's and U-Boot's tool).
 */
export function* writeOld(run: ConfRun): ConfSteps<void> {
  const { values, isBuildroot } = run;
  const name = isBuildroot
    ? run.setting("KCONFIG_AUTOCONFIG")
    : (run.env["KCONFIG_AUTOCONFIG"] ?? "include/config/auto.conf");
  if (name === undefined) {
    throw new KconfigError("INVALID_ARGUMENT", "syncconfig needs the variable KCONFIG_AUTOCONFIG.", {
      hint: "Set it to the path of the auto.conf that is to be written.",
      details: { variable: "KCONFIG_AUTOCONFIG" },
    });
  }
  values.invalidate();
  const put = (path: string, text: string): ConfRequest => ({
    kind: "write",
    file: { path, text, method: "replace", folders: !isBuildroot },
  });
  const fail = (): never => run.fail("\n*** Error during update of the configuration.\n\n");
  // Whether that was done is nothing that these tools look at.
  if (!isBuildroot) yield put("include/config/auto.conf.cmd", dependencies(run, name));
  else if (!run.configName.includes("/")) yield put(".config.cmd", dependencies(run, name));
  const beside = name.includes("/") ? name.slice(0, name.lastIndexOf("/") + 1) : "";
  const folder = isBuildroot ? beside : "include/config/";
  const changed = changedSymbols(run, readAutoConf(run, name));
  if (isBuildroot && run.options.host.list !== undefined && !run.isFolder(beside === "" ? "." : beside)) fail();
  let failed = false;
  for (const symbol of changed) {
    const path = `${folder}${symbol.toLowerCase().replaceAll("_", "/")}.h`;
    const refusal = yield { kind: "write", file: { path, text: "", method: "touch", folders: true } };
    if (refusal?.startsWith("folders") === true) fail();
    failed ||= refusal !== undefined;
  }
  if (failed) fail();
  const { autoConf, header, tristate } = writeAutoconf(lazyView(values));
  const files = [
    [run.env["KCONFIG_AUTOHEADER"] ?? "include/generated/autoconf.h", header],
    [run.env["KCONFIG_TRISTATE"] ?? "include/config/tristate.conf", tristate],
    // The last one: make takes it for the sign that all is written.
    [name, autoConf],
  ] as const;
  for (const [path, text] of files) {
    if (text !== undefined && (yield put(path, text)) !== undefined) fail();
  }
}

/** The names whose value differs from that of the last auto.conf: those without a type, or gone from the tree, last. */
function changedSymbols(run: ConfRun, auto: AutoConf | undefined): string[] {
  const { values, tree } = run;
  // Reading a file makes C forget what it has computed.
  if (auto !== undefined) values.forgetAll();
  values.calculate(tree.internals.modules.id);
  const changed: string[] = [];
  for (const { id, name, type, isChoice, isConstant, noWrite } of values.program.hashOrder) {
    values.calculate(id);
    if (name === "" || isConstant || isChoice || noWrite || type === "unknown") continue;
    if (hasChanged(run, auto, id)) changed.push(name);
  }
  const untyped = readConfig(auto?.text ?? "", { dialect: tree.dialect }).filter(({ name, value, quoted }) => {
    const symbol = tree.symbol(name);
    // C forgets the quoted values of names without a type.
    return !quoted && !value.startsWith('"') && (symbol?.type ?? "unknown") === "unknown" && symbol?.noWrite !== true;
  });
  return [...changed, ...new Set(untyped.map(({ name }) => name))];
}

/** What make is to look at before it believes auto.conf. */
function dependencies(run: ConfRun, name: string): string {
  const files = [...run.tree.files].reverse().map((path) => `\t${path}`);
  const symbols = run.tree.symbols.map(({ environment }) => environment).filter((entry) => entry !== undefined);
  const variables = run.isBuildroot
    ? symbols.reverse().map((entry) => [entry, variableOf(run.env, entry) ?? ""] as const)
    : [...run.tree.internals.variables];
  const rules = variables.map(([entry, value]) => `ifneq "$(${entry})" "${value}"\n${name}: FORCE\nendif\n`);
  return `deps_config := \\\n${files.join(" \\\n")}\n\n${name}: \\\n\t$(deps_config)\n\n${rules.join("")}\n$(deps_config): ;\n`;
}
