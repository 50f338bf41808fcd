import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readValues, stringValue } from "../config/notation.js";
import { digestOf } from "../sources/hash.js";
import { type HashTable, readHashFiles } from "../sources/hash-files.js";
import type { Buildroot, PackageInfo } from "../types.js";
import { parseBuildTimes } from "./build-times.js";
import { criticalPath } from "./critical-path.js";
import { readTargetSizes } from "./sizes.js";
import type { BuildReport, ReportPackage, ReportSource, ReportStep } from "./types.js";

export interface CollectReportOptions {
  readonly tree: Pick<Buildroot, "buildroot" | "output" | "version" | "showInfo" | "images">;
  readonly signal?: AbortSignal;
}

/**
 * Puts together what an output folder tells of its build: times from build-time.log, sizes from the target folder, packages and licences
 * from show-info, images with their SHA-256. Throws NOT_CONFIGURED, MAKE_FAILED, INFO_INVALID, ABORTED.
 */
export async function collectReport({ tree, signal }: CollectReportOptions): Promise<BuildReport> {
  const info = await tree.showInfo(signal === undefined ? {} : { signal });
  const hashes = await readHashFiles(info, tree.buildroot);
  const values = readValues(await readFile(join(tree.output, ".config"), "utf8"));
  const times = parseBuildTimes(await readFile(join(tree.output, "build/build-time.log"), "utf8").catch(() => ""));
  const sizes = await readTargetSizes(tree.output);
  const packages = Object.entries(info)
    .filter(([, { type }]) => type !== "rootfs")
    .map(([name, one]) => reportPackage(name, one, times.steps.get(name) ?? [], sizes.packages.get(name), hashes))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { names, seconds } = criticalPath(packages);
  const defconfig = stringValue(values, "BR2_DEFCONFIG");
  const images = await Promise.all(
    (await tree.images()).map(async ({ name, path, size }) => ({ name, size, sha256: await digestOf(path, "sha256") })),
  );
  return {
    version: 1,
    at: new Date(times.endedAt ?? Date.now()).toISOString(),
    buildroot: tree.version,
    defconfig: defconfig === undefined ? undefined : basename(defconfig),
    wallSeconds: Math.round((times.endedAt ?? 0) - (times.startedAt ?? 0)) / 1000,
    packages,
    criticalPath: names,
    criticalSeconds: seconds,
    images,
    targetSize: sizes.total,
    unattributedSize: sizes.unattributed,
    config: Object.fromEntries(values),
  };
}

function reportPackage(
  name: string,
  info: PackageInfo,
  steps: readonly ReportStep[],
  size: { readonly size: number; readonly files: number } | undefined,
  hashes: HashTable,
): ReportPackage {
  return {
    name,
    version: info.version,
    ...(info.overridden ? { overridden: { folder: info.overrideDir, recipeVersion: info.recipeVersion } } : {}),
    type: info.type === "host" ? "host" : "target",
    virtual: info.virtual,
    licenses: info.licenses,
    dependencies: info.dependencies,
    steps,
    seconds: Math.round(steps.reduce((sum, one) => sum + one.seconds, 0) * 1000) / 1000,
    size: size?.size ?? 0,
    files: size?.files ?? 0,
    sources: sourcesOf(info, hashes),
    // They tell of the version in the makefile.
    cpe: info.overridden ? undefined : info.cpeId,
    ignoredCves: info.overridden ? [] : info.ignoredCves,
  };
}

function sourcesOf(info: PackageInfo, hashes: HashTable): ReportSource[] {
  const lines = info.hashFiles.flatMap((path) => hashes.get(path) ?? []);
  return info.downloads
    .filter(({ source }) => source !== "")
    .map(({ source, uris }) => {
      const sha256 = lines.find(({ file, algorithm }) => file === source && algorithm === "sha256")?.value;
      const upstream = uris.map((uri) => /\+(https?:\/\/.*)$/.exec(uri)?.[1]).find((url) => url !== undefined);
      return { name: source, url: upstream === undefined ? undefined : `${upstream}/${source}`, sha256 };
    });
}
