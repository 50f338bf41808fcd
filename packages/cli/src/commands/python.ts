import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  constraintsUrl,
  formatChange,
  onlineSource,
  type OnlineOptions,
  type PackagesPlan,
  planPackages,
  writePackages,
} from "@ipa-br/preset-ipa";
import type { Command } from "commander";
import { CliError } from "../errors.js";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { findTree } from "../tree.js";
import { formatTable } from "../ui/format.js";
import { withLocations } from "./options.js";

/** What `python update` takes beside the locations. */
export type PythonUpdateOptions = LocationOptions & {
  readonly release?: string;
  readonly agent?: string;
  readonly constraints?: string;
  readonly index?: string;
  readonly recorded?: boolean;
  readonly write?: boolean;
  readonly json?: boolean;
};

/** Adds `ipa-br python update`. */
export function addPythonCommands(program: Command, io: Io): void {
  const python = program.command("python").description("the Python packages of the agent in the external tree");
  withLocations(
    python.command("update").description("make them from an OpenStack release and an index; shows the diff"),
  )
    .exitOverride()
    .option("--release <release>", "the OpenStack release whose upper-constraints are taken, 2026.1 say")
    .option("--agent <version>", "the version of the agent (default: the one packaged)")
    .option("--constraints <file or address>", "upper-constraints.txt (default: the release's at openstack.org)")
    .option("--index <address>", "the Python index (PIP_INDEX_URL; default: PyPI)")
    .option("--recorded", "ask nobody: make the packages from python-packages.json in the tree")
    .option("--write", "write the changes")
    .option("--json", "print the plan as JSON")
    .action((options) => pythonUpdate(io, options));
}

/**
 * `ipa-br python update`: the difference and the conflicts, and with `--write` the files.
 * @throws CliError SETTING_INVALID; PresetError PACKAGES_CONFLICT and what the index brings
 */
export async function pythonUpdate(io: Io, options: PythonUpdateOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  const buildroot = await findTree(io, settings);
  const externalTree = settings.externals[0]!;
  const source = options.recorded === true ? undefined : onlineSource(await online(io, options, externalTree));
  const plan = await planPackages({
    externalTree,
    buildroot,
    ...(source === undefined ? {} : { source }),
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  });
  if (options.json === true) print(io, JSON.stringify(plan, null, 2));
  else print(io, planText(plan));
  if (plan.changes.length === 0) return;
  if (options.write !== true) {
    note(io, `Nothing is written yet: add --write for the ${plan.changes.length} files in ${externalTree}`);
    return;
  }
  await writePackages(externalTree, plan);
  note(io, `${plan.changes.length} files written in ${externalTree}`);
}

async function online(io: Io, options: PythonUpdateOptions, externalTree: string): Promise<OnlineOptions> {
  const release = options.release ?? (await recordedRelease(externalTree));
  if (release === undefined || !/^[A-Za-z0-9][\w.-]*$/.test(release)) {
    throw new CliError("SETTING_INVALID", `--release ${release ?? ""} is no OpenStack release`, {
      hint: "ipa-br python update --release 2026.1",
    });
  }
  const given = options.constraints ?? constraintsUrl(release);
  const path = resolve(io.cwd, given);
  const index = options.index ?? io.env["PIP_INDEX_URL"];
  return {
    fetch,
    release,
    index: index === undefined || index === "" ? "https://pypi.org/simple" : index,
    constraints: /^https?:\/\//.test(given) ? { url: given } : { path, text: await constraintsFile(path) },
    signal: io.signal,
  };
}

async function constraintsFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new CliError("SETTING_INVALID", `--constraints: ${path} cannot be read`, {
      hint: "name the upper-constraints.txt of the release, or its address",
      cause,
    });
  }
}

async function recordedRelease(externalTree: string): Promise<string | undefined> {
  const text = await readFile(join(externalTree, "python-packages.json"), "utf8").catch(() => "{}");
  return (JSON.parse(text) as { constraints?: { release?: string } }).constraints?.release;
}

/** The diff last but one, the conflicts last: what is at the end of a screen is read. */
function planText(plan: PackagesPlan): string {
  const parts = plan.changes.filter(({ path }) => !path.endsWith(".json")).map(formatChange);
  if (plan.versions.length > 0) {
    const rows = plan.versions.map(({ name, before, after }) => [`  ${name}`, before ?? "new", after ?? "gone"]);
    parts.push(`Versions\n${formatTable([["  project", "before", "after"], ...rows])}`);
  }
  for (const [severity, title] of [
    ["note", "Differences that are known"],
    ["error", "Conflicts"],
  ] as const) {
    const messages = plan.findings
      .filter((finding) => finding.severity === severity)
      .map(({ message }) => `  ${message}`);
    if (messages.length > 0) parts.push(`${title}\n${messages.join("\n")}`);
  }
  const state = plan.changes.length === 0 ? "the tree is up to date" : `${plan.changes.length} files differ`;
  parts.push(`${plan.packages.length} packages for Python ${plan.python}, release ${plan.release}: ${state}`);
  return parts.join("\n\n");
}
