import { finding } from "./finding.js";
import { moduleOf } from "./kernel-modules.js";
import type { AgentContract, AuditFinding, CheckResult, ContractOption } from "./types.js";
import type { ImageRootfs } from "../image/files.js";

/** What can be known of a kernel. */
export interface KernelFacts {
  /** Its options, `CONFIG_NET` to `y`; undefined where no .config was to be had. */
  readonly config: ReadonlyMap<string, string> | undefined;
  /** Modules in the image, with underscores. */
  readonly modules: ReadonlySet<string>;
  /** What the image's modules.builtin lists; undefined where it has none. */
  readonly builtIn: ReadonlySet<string> | undefined;
}

/** Reads a .config: options that are set. */
export function parseKernelConfig(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^(CONFIG_\w+)=(.*)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

/** True for the file that lists what is built in. */
export function isBuiltInList(path: string): boolean {
  return /(?:^|\/)lib\/modules\/[^/]+\/modules\.builtin$/.test(path);
}

/** The kernel's modules that the image brings. */
export function moduleFacts({ files, contents }: ImageRootfs): Omit<KernelFacts, "config"> {
  const nameOf = (path: string) => /([^/]+)\.ko(?:\.\w+)?$/.exec(path)?.[1]?.replaceAll("-", "_");
  const modules = [...files.keys()].filter((path) => path.includes("lib/modules/")).map(nameOf);
  const lists = [...contents].filter(([path]) => isBuiltInList(path)).map(([, text]) => text.toString("utf8"));
  const builtIn = lists.flatMap((text) => text.split("\n").map(nameOf));
  const known = (list: readonly (string | undefined)[]) => new Set(list.filter((name) => name !== undefined));
  return { modules: known(modules), builtIn: lists.length === 0 ? undefined : known(builtIn) };
}

/** The contract's options that an image is asked for: all, or those of the profile that it tells. */
export function optionsFor(
  { contents }: ImageRootfs,
  { kernelOptions, profiles }: AgentContract,
): readonly ContractOption[] {
  const text = profiles === undefined ? undefined : contents.get(profiles.file)?.toString("utf8");
  const profile = /^PROFILE="?([\w-]+)"?$/m.exec(text ?? "")?.[1];
  const without = new Set(profile === undefined ? [] : profiles?.without[profile]);
  return kernelOptions.filter(({ name, purpose }) => !without.has(name) && !without.has(purpose));
}

/** Each option that is asked for: built in, a module that the image has, or missing. */
export function checkKernel(facts: KernelFacts, kernelOptions: readonly ContractOption[]): CheckResult {
  const { config, builtIn } = facts;
  if (config === undefined && builtIn === undefined && facts.modules.size === 0) {
    const problem = "cannot be told: neither its .config nor a folder of modules is to be had";
    const note = "name a .config with --kernel-config, or build the kernel with CONFIG_IKCONFIG";
    return { checked: 0, findings: [finding("kernel", "unknown", "the kernel's options", problem, { note })] };
  }
  const findings = kernelOptions.flatMap((option) => checkOption(option, facts));
  const unknown = kernelOptions.filter((option) => stateOf(option.name, moduleOf(option.name), facts) === undefined);
  if (unknown.length === 0) return { checked: kernelOptions.length, findings };
  const names = unknown.map(({ name }) => name).join(" ");
  const untold = finding(
    "kernel",
    "unknown",
    `${unknown.length} options`,
    "cannot be told without the kernel's .config",
    {
      note: names,
    },
  );
  return { checked: kernelOptions.length - unknown.length, findings: [...findings, untold] };
}

/** Without these the agent does not get as far as to its first lookup. */
const needed: ReadonlySet<string> = new Set(["system", "network"]);

function checkOption(option: ContractOption, facts: KernelFacts): readonly AuditFinding[] {
  const { name, purpose } = option;
  const severity = option.builtIn && needed.has(purpose) ? "error" : "warning";
  const about = { group: purpose, symbols: ["BR2_LINUX_KERNEL_CONFIG_FRAGMENT_FILES"] };
  const module = moduleOf(name);
  const shipped = module !== undefined && facts.modules.has(module);
  const state = stateOf(name, module, facts);
  switch (state) {
    case "y":
      return [];
    case "m":
      if (!shipped) return [finding("kernel", severity, name, `is a module (${module}), which the image lacks`, about)];
      return option.builtIn
        ? [finding("kernel", "warning", name, "is a module, which somebody has to load before it is needed", about)]
        : [];
    case "n":
      return [finding("kernel", severity, name, "is not set", about)];
    default:
      return [];
  }
}

/** By the .config; else by the lists of modules, which know nothing of options that build none. */
function stateOf(name: string, module: string | undefined, { config, modules, builtIn }: KernelFacts) {
  if (config !== undefined) {
    const value = config.get(name);
    return value === "y" || value === "m" ? value : "n";
  }
  if (module === undefined) return undefined;
  if (modules.has(module)) return "m";
  if (builtIn?.has(module) === true) return "y";
  // what can be no module is in no list either
  return undefined;
}
