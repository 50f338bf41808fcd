import { distributionsOf, type Distribution } from "./distributions.js";
import { finding } from "../finding.js";
import { hasModule, interpreterModules, pythonVersion } from "./interpreter.js";
import { linuxEnvironment, markerHolds, type MarkerEnvironment } from "./marker.js";
import { normalizeName, parseRequirement, type Requirement } from "./requirement.js";
import { programNamed } from "../../image/lookup.js";
import { satisfies } from "./version.js";
import type { AgentContract, AuditFinding, CheckResult } from "../types.js";
import type { ImageRootfs } from "../../image/files.js";

/** What the check of Python found, and the agent itself. */
export interface PythonResult extends CheckResult {
  readonly agent: Distribution | undefined;
  readonly distributions: readonly Distribution[];
}

/** The agent's distribution, unless a contract says otherwise. */
export const agentName = "ironic-python-agent";

/** The interpreter's modules, the agent, and all that it requires, directly or not. */
export function checkPython(rootfs: ImageRootfs, contract: AgentContract): PythonResult {
  const distributions = distributionsOf(rootfs);
  const byName = new Map(distributions.map((distribution) => [distribution.name, distribution]));
  const name = normalizeName(contract.distribution ?? agentName);
  const agent = byName.get(name);
  const modules = interpreterModules(contract.pythonSymbols);
  const findings: AuditFinding[] = modules
    .filter(([module]) => !hasModule(rootfs, module))
    .map(([module, symbol]) =>
      finding("python", "error", module, "is no module of the interpreter", { symbols: [symbol] }),
    );
  if (agent === undefined) {
    const symbols = symbolsOf(name, contract);
    const absent = finding("python", "error", name, "is in none of the image's Python folders", { symbols });
    return { agent, distributions, checked: modules.length + 1, findings: [...findings, absent] };
  }
  const closure = closureOf(agent, byName, linuxEnvironment(pythonVersion(rootfs) ?? "3.11"), contract);
  const children = childrenOf(rootfs, new Set(distributions.map(({ site }) => site)));
  for (const [required, by] of closure) findings.push(...problems(required, by, byName, children, contract));
  findings.push(...starter(rootfs, agent, symbolsOf(name, contract)), ...libraries(rootfs, byName));
  return { agent, distributions, checked: modules.length + closure.size + 1, findings };
}

/** Who asks for it, and what for. */
interface Asked {
  readonly by: string;
  readonly requirement: Requirement | undefined;
}

/** All distributions that one requires, itself first, each with who asked for it. */
function closureOf(
  agent: Distribution,
  byName: ReadonlyMap<string, Distribution>,
  environment: MarkerEnvironment,
  { pythonNotNeeded = {} }: AgentContract,
): ReadonlyMap<string, readonly Asked[]> {
  const asked = new Map<string, Asked[]>([[agent.name, [{ by: "", requirement: undefined }]]]);
  const done = new Set<string>();
  const queue: [name: string, extra: string][] = [[agent.name, ""]];
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const [name, extra] = step;
    const distribution = byName.get(name);
    if (distribution === undefined || done.has(`${name}[${extra}]`)) continue;
    done.add(`${name}[${extra}]`);
    for (const text of distribution.requires) {
      const requirement = parseRequirement(text);
      if (requirement === undefined || pythonNotNeeded[name]?.includes(requirement.name) === true) continue;
      const { marker } = requirement;
      if (marker !== undefined && !markerHolds(marker, { ...environment, extra })) continue;
      const list = asked.get(requirement.name) ?? [];
      asked.set(requirement.name, list);
      if (!list.some(({ by }) => by === name)) list.push({ by: name, requirement });
      for (const wanted of ["", ...requirement.extras]) queue.push([requirement.name, wanted]);
    }
  }
  return asked;
}

function problems(
  name: string,
  asked: readonly Asked[],
  byName: ReadonlyMap<string, Distribution>,
  children: ReadonlyMap<string, ReadonlySet<string>>,
  contract: AgentContract,
): readonly AuditFinding[] {
  const symbols = symbolsOf(name, contract);
  const by = asked.map((one) => one.by).filter((one) => one !== "");
  const distribution = byName.get(name);
  if (distribution === undefined) {
    return [finding("python", "error", name, `is missing, and ${by.join(", ")} requires it`, { symbols })];
  }
  const { title, version, site, modules } = distribution;
  const findings: AuditFinding[] = [];
  for (const { by: who, requirement } of asked) {
    if (requirement === undefined || satisfies(version, requirement.specifiers)) continue;
    const problem = `is version ${version}, and ${who} requires ${requirement.specifiers}`;
    findings.push(finding("python", "warning", title, problem, { symbols }));
  }
  const there = children.get(site) ?? new Set();
  if (modules.length > 0 && !modules.some((module) => there.has(module))) {
    const problem = `is listed as installed, but its modules are missing: ${modules.slice(0, 5).join(", ")}`;
    findings.push(finding("python", "error", title, problem, { symbols }));
  }
  return findings;
}

/** Names that can be imported from each folder: those of folders and of files without what comes behind a dot. */
function childrenOf({ files }: ImageRootfs, sites: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map([...sites].map((site) => [site, new Set<string>()]));
  for (const { path, kind } of files.values()) {
    const slash = path.lastIndexOf("/");
    const names = children.get(path.slice(0, slash));
    const file = path.slice(slash + 1);
    if (names === undefined) continue;
    if (kind === "folder" || kind === "link") names.add(file);
    else if (/\.(?:pyc?|so)$/.test(file)) names.add(file.split(".")[0] ?? file);
  }
  return children;
}

/** Buildroot calls its packages `python-NAME`. */
export function symbolsOf(name: string, { pythonPackages }: AgentContract): readonly string[] {
  const own = pythonPackages?.[name];
  const rest = name
    .replace(/^python-/, "")
    .toUpperCase()
    .replaceAll("-", "_");
  return [own ?? `BR2_PACKAGE_PYTHON_${rest}`];
}

function starter({ files }: ImageRootfs, agent: Distribution, symbols: readonly string[]): readonly AuditFinding[] {
  const scripts = agent.entryPoints.get("console_scripts") ?? [];
  return scripts
    .filter((script) => script === agent.name)
    .filter((script) => ![...files.keys()].some((path) => path.endsWith(`bin/${script}`)))
    .map((script) => finding("python", "warning", script, "has no program that starts it", { symbols }));
}

/** True for pyudev's file that loads libudev. */
export function isUdevLoader(path: string): boolean {
  return /\/pyudev\/_ctypeslib\/(?:utils\.py|utils\.pyc|__pycache__\/utils\..*\.pyc)$/.test(path);
}

/** What it has in it where it needs no find_library, as Buildroot patches it. */
export const loadsByName = "LoadLibrary";

/** pyudev finds libudev by ctypes.util.find_library, which asks ldconfig, or a compiler. */
function libraries(rootfs: ImageRootfs, byName: ReadonlyMap<string, Distribution>): readonly AuditFinding[] {
  if (!byName.has("pyudev")) return [];
  if ([...rootfs.found].some(([path, marks]) => isUdevLoader(path) && marks.has(loadsByName))) return [];
  if (["ldconfig", "gcc", "ld"].some((name) => programNamed(rootfs, name) !== undefined)) return [];
  const problem = "finds no libudev: Python's find_library asks ldconfig, which is missing, as are gcc and ld";
  return [finding("python", "warning", "pyudev", problem)];
}
