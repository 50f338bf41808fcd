import { join, resolve } from "node:path";
import {
  applyFragments,
  createConfiguration,
  type Fragment,
  type MergedFragments,
  mergeFragments,
  type MergeReport,
  type RequestedValue,
  type RequestOutcome,
} from "@ipa-br/kconfig";
import { nodeHost, writeFileAtomic } from "@ipa-br/kconfig/node";
import { CliError } from "../../errors.js";
import { type Io, note, print } from "../../io.js";
import { type ConfigurationOptions, openTreeOnly } from "./open.js";

export interface MergeCommandOptions extends Omit<ConfigurationOptions, "config"> {
  /** -m: only put the fragments together. */
  readonly m?: boolean;
  /** -n: what no fragment names becomes n. */
  readonly n?: boolean;
  /** -r: tell of values that a fragment repeats. */
  readonly r?: boolean;
  /** -y: an m does not replace a y. */
  readonly y?: boolean;
  /** -s: a value that is replaced is an error. */
  readonly s?: boolean;
  /** -Q: do not tell of values that are replaced. */
  readonly Q?: boolean;
  /** -O: the folder of the .config. */
  readonly O?: string;
}

/**
 * `ipa-br kconfig merge FRAGMENT...`: puts fragments together as merge_config.sh does, and tells for each value that was
 * asked for whether it survived and, where not, what dropped it.
 * @throws CliError CONFIG_MISSING, MERGE_INCOMPLETE; KconfigError TREE_INVALID, FILE_UNWRITABLE
 */
export async function merge(io: Io, names: readonly string[], options: MergeCommandOptions): Promise<void> {
  const fragments = names.map((name) => readFragment(io, name));
  const mergeOptions = { builtinFirst: options.y === true };
  const path = outputPath(io, options);
  if (options.m === true) {
    const merged = mergeFragments(fragments, { prefix: prefixOf(io, options, fragments) }, mergeOptions);
    const prefix = prefixOf(io, options, fragments);
    if (options.json === true) print(io, JSON.stringify({ path, requested: merged.requested }, null, 2));
    else tellReplaced(io, merged, prefix, options);
    refuseReplaced(merged.requested, options);
    await writeFileAtomic(path, merged.text, { backup: true });
    return;
  }
  const tree = await openTreeOnly(io, options, fragments.map(({ text }) => text).join("\n"));
  const configuration = createConfiguration(tree);
  const others = options.n === true ? "no" : "default";
  const report = applyFragments(configuration, fragments, { ...mergeOptions, others });
  const { prefix } = tree.dialect;
  const lost = report.requests.filter(({ outcome }) => outcome !== "held");
  if (options.json === true) print(io, JSON.stringify({ path, requests: report.requests }, null, 2));
  else {
    tellReplaced(io, { text: report.text, requested: report.requests }, prefix, options);
    tellLost(io, lost, prefix);
  }
  refuseReplaced(report.requests, options);
  await writeFileAtomic(path, configuration.writeConfig(), { backup: true });
  if (options.json !== true) print(io, summary(report, path));
  if (lost.length === 0) return;
  throw new CliError("MERGE_INCOMPLETE", `${lost.length} of ${report.requests.length} values are not in ${path}`, {
    hint: `the reasons stand above${whatItTakes(lost)}`,
    details: { path, names: lost.map(({ name }) => name) },
  });
}

/** The next command: for a value that the tree could have. */
function whatItTakes(lost: MergeReport["requests"]): string {
  const dropped = lost.find(({ outcome }) => outcome === "dropped");
  if (dropped === undefined) return "; take the lines out, or look up what the symbols are called now";
  return `; ipa-br kconfig enable ${dropped.name}=${dropped.value} tells what a value takes`;
}

function readFragment(io: Io, name: string): Fragment {
  const text = nodeHost().readFile(resolve(io.cwd, name));
  if (text !== undefined) return { path: name, text };
  throw new CliError("CONFIG_MISSING", `${name} does not exist`, {
    hint: "name .config files, defconfigs or fragments",
  });
}

/** As merge_config.sh: the folder of -O, else the file that the environment names, else .config here. */
function outputPath(io: Io, { O: folder }: MergeCommandOptions): string {
  if (folder !== undefined) return join(resolve(io.cwd, folder), ".config");
  return resolve(io.cwd, io.env["KCONFIG_CONFIG"] ?? io.env["BR2_CONFIG"] ?? ".config");
}

/** What stands before each name, told by the fragments where no dialect is named. */
function prefixOf(io: Io, options: MergeCommandOptions, fragments: readonly Fragment[]): string {
  if (options.dialect !== undefined) return options.dialect === "buildroot" ? "" : "CONFIG_";
  if (io.env["CONFIG_"] !== undefined) return io.env["CONFIG_"];
  return fragments.some(({ text }) => /^(# )?CONFIG_\w+(=| is not set)/m.test(text)) ? "CONFIG_" : "";
}

const lineOf = (prefix: string, name: string, value: string | undefined): string =>
  value === undefined ? "" : value === "n" ? `# ${prefix}${name} is not set` : `${prefix}${name}=${value}`;

function tellReplaced(io: Io, { requested }: MergedFragments, prefix: string, options: MergeCommandOptions): void {
  if (options.Q === true) return;
  for (const { name, value, path, replaces, repeats } of requested) {
    for (const earlier of replaces) {
      print(io, `Value of ${prefix}${name} is redefined by fragment ${path}:`);
      print(io, `Previous value: ${lineOf(prefix, name, earlier.value)} (${earlier.path}:${earlier.line})`);
      print(io, `New value: ${lineOf(prefix, name, value)}\n`);
    }
    if (options.r === true && repeats.length > 0)
      print(io, `Value of ${prefix}${name} is redundant by fragment ${path}:`);
  }
}

function tellLost(io: Io, lost: readonly RequestOutcome[], prefix: string): void {
  for (const { name, value, path, line, actual, outcome, obstacles, culprits } of lost) {
    note(io, `Value requested for ${prefix}${name} not in final .config`);
    note(io, `Requested value:  ${lineOf(prefix, name, value)} (${path}:${line})`);
    note(io, `Actual value:     ${lineOf(prefix, name, actual)}`);
    if (outcome === "unknown") note(io, "Reason:           the tree has no such symbol");
    for (const { message } of obstacles) note(io, `Reason:           ${message}`);
    for (const other of culprits) {
      note(io, `                  ${lineOf(prefix, other.name, other.value)} stands at ${other.path}:${other.line}`);
    }
    note(io, "");
  }
}

function refuseReplaced(requested: readonly RequestedValue[], options: MergeCommandOptions): void {
  const first = requested.find(({ replaces }) => replaces.length > 0);
  if (options.s !== true || first === undefined) return;
  throw new CliError("MERGE_INCOMPLETE", `${first.path}:${first.line} gives ${first.name} another value`, {
    hint: "nothing was written; -s allows each symbol one value",
    details: { name: first.name },
  });
}

function summary({ requests }: MergeReport, path: string): string {
  const held = requests.filter(({ outcome }) => outcome === "held").length;
  return `${held} of ${requests.length} requested values hold; written to ${path}`;
}
