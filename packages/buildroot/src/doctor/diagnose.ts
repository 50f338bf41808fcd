import { readValues } from "../config/notation.js";
import { BuildrootError } from "../errors.js";
import { fileRule, hostSymbolRule, menuRule, toolchainRule } from "./configuration.js";
import { problemOf, type Check, type DoctorContext, type Finding, type Rule } from "./context.js";
import { findDistribution, installCommand } from "./distribution.js";
import { downloadRule } from "./downloads.js";
import { environmentRule, localeRule, umaskRule } from "./environment.js";
import { localDoctorHost } from "./host.js";
import { perlRule } from "./perl.js";
import { bashRule, installRule, programRule, replaceableRule, versionRule } from "./programs.js";
import { ccacheRule, kvmRule, memoryRule, outputRule, spaceRule } from "./resources.js";
import type { DiagnoseOptions, Diagnosis, Severity } from "./types.js";

/** What stops or endangers a build. */
const buildRules: readonly Rule[] = [
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
];

/** What only costs time, or concerns other commands. */
const noteRules: readonly Rule[] = [replaceableRule, menuRule, kvmRule];

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
  const rules = options.notes === false ? buildRules : [...buildRules, ...noteRules];
  const checks = onePerId((await Promise.all(rules.map((rule) => rule(context)))).flat());
  if (options.signal?.aborted === true) {
    throw new BuildrootError("ABORTED", "Looking at the host was ended on request.", { cause: options.signal.reason });
  }
  const { name, manager } = findDistribution(host.osRelease);
  const findings = checks
    .flatMap(({ finding }) => (finding === undefined ? [] : [finding]))
    .filter(({ severity }) => options.notes !== false || severity !== "note");
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

/** Of a thing that two rules looked at, the graver finding. */
function onePerId(checks: readonly Check[]): readonly Check[] {
  const rank = ({ finding }: Check): number => (finding === undefined ? order.length : order.indexOf(finding.severity));
  const kept = new Map<string, Check>();
  for (const one of checks) {
    const known = kept.get(one.id);
    if (known === undefined || rank(one) < rank(known)) kept.set(one.id, one);
  }
  return [...kept.values()];
}

async function gccMajor({ host }: DoctorContext): Promise<string | undefined> {
  const path = await host.find("g++");
  if (path === undefined) return undefined;
  return /^(\d+)/.exec((await host.run(path, ["-dumpversion"])).output)?.[1];
}
