import { readdir, readFile, rm, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { adjustments } from "./adjustments.js";
import { readBuildrootPackages } from "./buildroot-packages.js";
import { PresetError } from "../errors.js";
import { formatRecording, parseRecording, type Recording, recordedSource, recordingFile } from "./recording.js";
import { renderPackages } from "./render/tree.js";
import { resolvePackages } from "./resolve.js";
import type { Finding, ProjectFacts, ProjectSource, ResolvedPackage } from "./types.js";

/** What to make the packages from, and for which trees. */
export interface PlanPackagesOptions {
  /** The external tree. */
  readonly externalTree: string;
  /** The Buildroot tree whose packages are used. */
  readonly buildroot: string;
  /** Where facts come from; the default is the recording in the external tree. */
  readonly source?: ProjectSource;
  /** Version of the agent; the default is the one recorded. */
  readonly agent?: string;
}

/** A file that an update writes or removes. */
export interface FileChange {
  /** In the external tree. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A package whose version differs from the one recorded. */
export interface VersionChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What an update would do. */
export interface PackagesPlan {
  readonly release: string;
  readonly python: string;
  readonly packages: readonly ResolvedPackage[];
  readonly findings: readonly Finding[];
  readonly versions: readonly VersionChange[];
  readonly changes: readonly FileChange[];
}

/**
 * Computes the Python packages of the external tree and compares them with the files that are there. Writes nothing.
 *
 * @throws PresetError RECORDING_UNREADABLE, BUILDROOT_UNREADABLE, PROJECT_MISSING, and what the source throws
 */
export async function planPackages(options: PlanPackagesOptions): Promise<PackagesPlan> {
  const recorded = await readRecording(options.externalTree);
  const source = options.source ?? recordedSource(required(recorded, options.externalTree));
  const roots = { ...recorded?.roots, ...(options.agent === undefined ? {} : { [agentName]: options.agent }) };
  if (roots[agentName] === undefined) throw agentUnnamed();

  const buildroot = await readBuildrootPackages(options.buildroot);
  const python = await pythonVersion(options.buildroot);
  const projects = new Map<string, ProjectFacts>();
  const constraints = await source.constraints();
  const remembering: ProjectSource = {
    constraints: () => Promise.resolve(constraints),
    project: async (name, version) => {
      const facts = await source.project(name, version);
      projects.set(name, facts);
      return facts;
    },
  };
  const resolution = await resolvePackages({ source: remembering, roots, buildroot, python, adjustments });
  const met = [...projects.keys(), ...Object.keys(resolution.buildroot)];
  const recording: Recording = {
    format: 1,
    roots,
    constraints: {
      ...constraints,
      versions: Object.fromEntries(
        met.filter((name) => name in constraints.versions).map((name) => [name, constraints.versions[name]!]),
      ),
    },
    projects: [...projects.values()],
  };
  const files = new Map(renderPackages(resolution, constraints.release));
  files.set(recordingFile, formatRecording(recording));
  return {
    release: constraints.release,
    python,
    packages: resolution.packages,
    findings: resolution.findings,
    versions: versionChanges(recorded, recording),
    changes: await fileChanges(options.externalTree, files),
  };
}

/**
 * Writes what a plan changes, and removes the folders of packages that are no longer part of it.
 *
 * @throws PresetError PACKAGES_CONFLICT where a finding is an error; nothing is written then
 */
export async function writePackages(
  externalTree: string,
  plan: Pick<PackagesPlan, "changes" | "findings">,
): Promise<void> {
  const errors = plan.findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
  if (errors.length > 0) {
    throw new PresetError("PACKAGES_CONFLICT", `packages that would not work:\n${errors.join("\n")}`, {
      hint: "another release or agent version, or an entry in adjustments.ts of @ipa-br/preset-ipa that tells why",
      details: { errors },
    });
  }
  for (const { path, after } of plan.changes) {
    const file = join(externalTree, path);
    if (after === undefined) await rm(file, { force: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, after);
    }
  }
  for (const folder of new Set(
    plan.changes.filter(({ after }) => after === undefined).map(({ path }) => dirname(path)),
  )) {
    const rest = await readdir(join(externalTree, folder)).catch(() => undefined);
    if (rest?.length === 0) await rm(join(externalTree, folder), { recursive: true });
  }
}

const agentName = "ironic-python-agent";

function agentUnnamed(): PresetError {
  return new PresetError("RECORDING_UNREADABLE", "nothing says which version of the agent to package", {
    hint: "name it: --agent 13.0.0",
  });
}

function required(recorded: Recording | undefined, tree: string): Recording {
  if (recorded !== undefined) return recorded;
  throw new PresetError("RECORDING_UNREADABLE", `${join(tree, recordingFile)} is missing`, {
    hint: "make it: ipa-br python update --release 2026.1 --agent 13.0.0 --write",
  });
}

async function readRecording(tree: string): Promise<Recording | undefined> {
  const path = join(tree, recordingFile);
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseRecording(text, path);
}

async function pythonVersion(buildroot: string): Promise<string> {
  const text = await readFile(join(buildroot, "package/python3/python3.mk"), "utf8").catch(() => "");
  const major = /^PYTHON3_VERSION_MAJOR\s*=\s*(\S+)$/m.exec(text)?.[1];
  const version = /^PYTHON3_VERSION\s*=\s*(\S+)$/m.exec(text)?.[1]?.replace("$(PYTHON3_VERSION_MAJOR)", major ?? "");
  if (version !== undefined) return version;
  throw new PresetError("BUILDROOT_UNREADABLE", `${buildroot} has no package/python3/python3.mk with a version`, {
    hint: "name a Buildroot tree: --buildroot DIR",
    details: { buildroot },
  });
}

function versionChanges(before: Recording | undefined, after: Recording): readonly VersionChange[] {
  const old = new Map(before?.projects.map(({ name, version }) => [name, version]));
  const now = new Map(after.projects.map(({ name, version }) => [name, version]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name), after: now.get(name) }))
    .filter((change) => change.before !== change.after);
}

async function fileChanges(tree: string, files: ReadonlyMap<string, string>): Promise<readonly FileChange[]> {
  const present = await generatedFiles(tree);
  const changes: FileChange[] = [];
  for (const path of [...new Set([...files.keys(), ...present])].sort()) {
    const before = await readFile(join(tree, path), "utf8").catch(() => undefined);
    const after = files.get(path);
    if (before !== after) changes.push({ path, before, after });
  }
  return changes;
}

/** Files of the packages that a former update made: all of "package/python-*". */
async function generatedFiles(tree: string): Promise<readonly string[]> {
  const packages = await readdir(join(tree, "package")).catch(() => []);
  const found: string[] = [];
  for (const name of packages.filter((entry) => entry.startsWith("python-"))) {
    for (const file of await readdir(join(tree, "package", name))) found.push(`package/${name}/${file}`);
  }
  return found;
}
