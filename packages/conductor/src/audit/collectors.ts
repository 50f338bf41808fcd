import { finding } from "./finding.js";
import { programNamed } from "../image/lookup.js";
import type { AgentContract, AuditFinding, CheckResult, ContractCollector } from "./types.js";
import type { Distribution } from "./python/distributions.js";
import type { FileSetting } from "./cmdline/settings.js";
import type { ImageRootfs } from "../image/files.js";

/** Entry points of the agent: what it does not do without. */
const groups = {
  collectors: "ironic_python_agent.inspector.collectors",
  managers: "ironic_python_agent.hardware_managers",
  extensions: "ironic_python_agent.extensions",
} as const;

/** Collectors that it calls where nobody names any (`INSPECTION_DEFAULT_COLLECTORS` of its `config.py`). */
const defaults: readonly string[] = ["default", "logs"];

/** The names of the collectors that the image's distributions offer. */
export function collectorsOf(distributions: readonly Distribution[]): readonly string[] {
  return namesIn(distributions, groups.collectors);
}

function namesIn(distributions: readonly Distribution[], group: string): readonly string[] {
  return [...new Set(distributions.flatMap(({ entryPoints }) => entryPoints.get(group) ?? []))].sort();
}

/** The collectors of the contract whose program the image lacks, by their names. */
export function lameCollectors(
  rootfs: ImageRootfs,
  { collectors = {} }: AgentContract,
): ReadonlyMap<string, ContractCollector> {
  return new Map(Object.entries(collectors).filter(([, { program }]) => programNamed(rootfs, program) === undefined));
}

/** The names in a list of collectors. */
export function namedCollectors(list: string): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** What the image itself says of collectors. */
export interface OwnCollectors {
  /** Settings of the agent's configuration files in it. */
  readonly settings: readonly FileSetting[];
  readonly lame: ReadonlyMap<string, ContractCollector>;
  /** Buildroot symbols that bring the agent. */
  readonly symbols: readonly string[];
}

/**
 * Collectors, hardware managers and extensions: what the agent finds by its entry points. The collectors are those that it
 * calls where nobody names any, or those that its configuration files name.
 */
export function checkCollectors(distributions: readonly Distribution[], own: OwnCollectors): CheckResult {
  const collectors = collectorsOf(distributions);
  const { settings, lame, symbols } = own;
  const setting = settings.findLast(({ option }) => option === "inspection_collectors");
  const called = setting === undefined ? defaults : namedCollectors(setting.value);
  const who = setting === undefined ? "is called by default" : `is called by /${setting.file}`;
  const findings: AuditFinding[] = [];
  for (const name of called) {
    const lacks = lame.get(name);
    if (!collectors.includes(name)) {
      const problem = `${who}, and the image has no such collector`;
      findings.push(finding("collector", "error", name, problem, defaults.includes(name) ? { symbols } : {}));
    } else if (lacks !== undefined) {
      findings.push(finding("collector", "error", name, `${who}, and ${lackOf(lacks)}`, lacks));
    }
  }
  for (const [what, group] of [
    ["hardware manager", groups.managers],
    ["extension", groups.extensions],
  ] as const) {
    if (namesIn(distributions, group).length > 0) continue;
    findings.push(
      finding("collector", "error", group, `the image has no ${what}: its distribution has no entry points`, {
        symbols,
      }),
    );
  }
  return { checked: called.length + 2, findings };
}

/** Completes a sentence about a collector. */
export function lackOf({ program }: ContractCollector): string {
  return `the program ${program} that it runs is missing`;
}
