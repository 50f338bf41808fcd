import { readValues } from "../config/notation.js";
import { BuildrootError } from "../errors.js";
import { fileRule, hostSymbolRule, menuRule, toolchainRule } from "./configuration.js";
import { problemOf, type DoctorContext, type Finding, type Rule } from "./context.js";
import { findDistribution, installCommand } from "./distribution.js";
import { downloadRule } from "./downloads.js";
import { environmentRule, localeRule, umaskRule } from "./environment.js";
import { localDoctorHost } from "./host.js";
import { perlRule } from "./perl.js";
import { bashRule, installRule, programRule, replaceableRule, versionRule } from "./programs.js";
import { ccacheRule, kvmRule, memoryRule, outputRule, spaceRule } from "./resources.js";
import type { DiagnoseOptions, Diagnosis, Severity } from "./types.js";

const rules: readonly Rule[] = [
  environmentRule,
  programRule,
  bashRule,
  versionRule,
  installRule,
  perlRule,
  downloadRule,
  hostSymbolRule,
  fileRule,
  toolchainRule,
  localeRule,
  umaskRule,
  outputRule,
  spaceRule,
  ccacheRule,
  memoryRule,
  replaceableRule,
  menuRule,
  kvmRule,
];

const order: readonly Severity[] = ["error", "warning", "note"];

/**
 * Looks at everything that a build asks of its host and tells all that is wrong at once, each with the reason and with the command
 * that mends it on this distribution. Nothing is written. The rules are those of Buildroot's support/dependencies, of its manual's
 * "System requirements", and what builds have failed of besides. Throws ABORTED.
 */
export async function diagnoseHost(options: DiagnoseOptions): Promise<Diagnosis> {
  const started = performance.now();
  const host = options.host ?? (await localDoctorHost(options.env));
  const context: DoctorContext = { host, options, values: readValues(options.config ?? "") };
  const checks = (await Promise.all(rules.map((rule) => rule(context)))).flat();
  if (options.signal?.aborted === true) {
    throw new BuildrootError("ABORTED", "Looking at the host was ended on request.", { cause: options.signal.reason });
  }
  const { name, manager } = findDistribution(host.osRelease);
  const findings = checks.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  const gcc = findings.some(({ needs }) => needs?.includes("gcc-plugin")) ? await gccMajor(context) : undefined;
  const problems = findings
    .map((finding: Finding) => problemOf(finding, manager, gcc, host.uid))
    .sort((one, two) => order.indexOf(one.severity) - order.indexOf(two.severity));
  const mended = problems.filter(({ severity }) => severity !== "note");
  const packages = [...new Set(mended.flatMap((problem) => problem.packages))].sort();
  return {
    distribution: name,
    manager,
    checks: checks.map(({ id }) => id),
    problems,
    fix: manager === undefined || packages.length === 0 ? undefined : installCommand(manager, packages, host.uid),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

async function gccMajor({ host }: DoctorContext): Promise<string | undefined> {
  const path = await host.find("g++");
  if (path === undefined) return undefined;
  return /^(\d+)/.exec((await host.run(path, ["-dumpversion"])).output)?.[1];
}
