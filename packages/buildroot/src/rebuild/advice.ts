import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readValues } from "../config/notation.js";
import { pathsIn } from "../config/paths.js";
import { infoIfPossible } from "../progress/info-cache.js";
import { readConfiguration, readText, type Session } from "../session.js";
import type { PackageInfos, PackageRebuild, RebuildAdvice, RebuildReason } from "../types.js";
import { advise } from "./advise.js";
import {
  type Change,
  factsOf,
  fileChanges,
  type FileSums,
  packageChanges,
  type PackageFacts,
  symbolChanges,
} from "./changes.js";
import { isAnythingBuilt, readContext } from "./context.js";
import type { RebuildContext } from "./effects.js";
import { seeFiles, type SeenFiles } from "./files.js";
import { packagesAbove } from "./symbol-effects.js";
import { type BuiltRecord, lastMade, type OwedReason, readRecord } from "./record.js";

/** Advice, and what is to be noted once it has been followed. */
export interface Judgement {
  readonly advice: RebuildAdvice;
  /** undefined if the note that is there says it all. */
  readonly next: (() => Promise<BuiltRecord>) | undefined;
}

const nothing = { level: "nothing", canWait: false, packages: [], reasons: [] } as const;

/** Compares the output folder with what it was built of. Throws NOT_CONFIGURED. */
export async function judge(session: Session, signal: AbortSignal | undefined): Promise<Judgement> {
  const values = await readConfiguration(session);
  const config = (await readText(session.layout.config)) ?? "";
  const externals = new Map(session.externals.map(({ name, path }) => [name, path]));
  const { buildroot, output } = session.settings;
  const record = await readRecord(session);
  const files = await seeFiles({ buildroot, output, externals, values }, record?.files ?? {});
  const next = async (): Promise<BuiltRecord> => ({
    version: 1,
    buildroot: session.version,
    config,
    files,
    packages: factsByName(await infoIfPossible(session, signal)),
    owed: [],
  });
  if (!(await isAnythingBuilt(session.layout.build))) return { advice: { ...nothing, basis: "unbuilt" }, next };
  const basis = record === undefined ? "make" : "record";
  const made = await lastMade(session);
  const row = [
    ...(record === undefined ? [] : [readValues(record.config)]),
    ...(made === undefined ? [] : [made]),
    values,
  ];
  const early: Change[] = [...symbolChanges(row)];
  if (record !== undefined) {
    early.push(...fileChanges(sums(record.files), sums(files)));
    if (record.buildroot !== session.version)
      early.push({ kind: "release", before: record.buildroot, after: session.version });
  }
  const owed = record?.owed ?? [];
  if (record !== undefined && early.length === 0 && owed.length === 0)
    return { advice: { ...nothing, basis }, next: record.packages === undefined ? next : undefined };
  const info = await infoIfPossible(session, signal);
  const now = factsByName(info);
  const changes: Change[] = [...early];
  if (now !== undefined) {
    const before = record?.packages ?? (await packagesLeft(session, now));
    changes.push(...packageChanges({ ...(record === undefined ? now : {}), ...before }, now));
  }
  const context = await readContext(session, values, info, changes);
  const advice = advise(changes, await stillOwed(session, owed, info), context);
  const packages = await Promise.all(advice.packages.map((one) => withLoss(session, one, info, context)));
  return { advice: { ...advice, packages, basis }, next };
}

function factsByName(info: PackageInfos | undefined): Readonly<Record<string, PackageFacts>> | undefined {
  if (info === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(info)
      .filter(([, { type }]) => type !== "rootfs")
      .map(([name, one]) => [name, factsOf(one)!]),
  );
}

function sums(files: SeenFiles): FileSums {
  return new Map(Object.entries(files).map(([path, { sum }]) => [path, sum]));
}

/**
 * Packages that plain make has installed into the target and that the configuration has no longer, by their build folders. A folder of
 * another version of a package that is there is not one of these.
 */
async function packagesLeft(
  session: Session,
  now: Readonly<Record<string, PackageFacts>>,
): Promise<Readonly<Record<string, PackageFacts>>> {
  const names = Object.keys(now);
  const folders = new Set(Object.values(now).map(({ stampDir }) => stampDir));
  const left: Record<string, PackageFacts> = {};
  for (const folder of await readdir(session.layout.build).catch(() => [])) {
    if (folders.has(`build/${folder}`) || names.some((name) => folder === name || folder.startsWith(`${name}-`)))
      continue;
    const installed = await stat(join(session.layout.build, folder, ".stamp_target_installed")).catch(() => undefined);
    if (installed === undefined) continue;
    left[folder] = {
      version: undefined,
      stampDir: `build/${folder}`,
      packageDir: undefined,
      dependencies: [],
      patches: [],
    };
  }
  return left;
}

/** What is owed and has not been made up for by hand since. */
async function stillOwed(
  session: Session,
  owed: readonly OwedReason[],
  info: PackageInfos | undefined,
): Promise<readonly RebuildReason[]> {
  const left: RebuildReason[] = [];
  for (const { since, ...reason } of owed) {
    const stampDir = reason.package === undefined ? undefined : info?.[reason.package]?.stampDir;
    if (stampDir !== undefined) {
      const first = reason.action === "dirclean" ? [".stamp_patched", ".stamp_rsynced"] : [".stamp_configured"];
      const folder = join(session.layout.root, stampDir);
      const times = await Promise.all(first.map((name) => stat(join(folder, name)).catch(() => undefined)));
      if (times.some((one) => one !== undefined && one.mtimeMs > since)) continue;
    }
    left.push(reason);
  }
  return left;
}

/** A configuration that somebody changed after it was made (linux-menuconfig) is lost with its folder, unless it was saved since. */
async function withLoss(
  session: Session,
  one: PackageRebuild,
  info: PackageInfos | undefined,
  context: RebuildContext,
): Promise<PackageRebuild> {
  const stampDir = info?.[one.package]?.stampDir;
  if (stampDir === undefined || one.action === "rebuild") return one;
  const folder = join(session.layout.root, stampDir);
  const [merged, config, fixed] = await Promise.all(
    [".stamp_dotconfig", ".config", ".stamp_kconfig_fixup_done"].map((name) => timeOf(join(folder, name))),
  );
  if (merged === undefined || config === undefined) return one;
  // An editor ends with the fixups, long after the file was merged; a build has them at once.
  if ((fixed ?? config) - merged < editedAfterMs) return one;
  for (const [name, value] of context.values) {
    if (!value.startsWith('"') || !value.includes("/")) continue;
    if (!context.readersOf(name).some((path) => packagesAbove(path, context).includes(one.package))) continue;
    for (const path of pathsIn(value, context)) if (((await timeOf(path)) ?? 0) >= config) return one;
  }
  return { ...one, loses: join(folder, ".config") };
}

const editedAfterMs = 60_000;

async function timeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}
