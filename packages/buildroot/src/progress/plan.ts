import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PackageInfo, PackageInfos } from "../types.js";
import type { TimeHistory } from "./history.js";
import type { BuildPlan, PlannedPackage } from "./tracker.js";
import { expectedImageSeconds, expectedSeconds } from "./weights.js";

/** A package's target with what is done to it: "busybox-rebuild" is busybox. */
const targetSuffix =
  /-(?:rebuild|reconfigure|reinstall|dirclean|all|build|configure|install|patch|extract|source|depends|legal-info)$/;

/** Targets that make every package of the configuration (Buildroot's Makefile; `rootfs-cpio` and the like need them all, too). */
const everything =
  /^(?:all|world|images|sdk|prepare-sdk|(?:host|staging|target)-finalize|target-post-image|rootfs-.*)$/;

const makesAll = (targets: readonly string[]): boolean =>
  targets.length === 0 || targets.some((target) => everything.test(target));

/**
 * What `make TARGETS` will make, as far as show-info tells; everything for no target. undefined for a target that is something
 * else, such as a host package that the configuration does not ask for.
 */
export function packagesOf(info: PackageInfos, targets: readonly string[]): readonly string[] | undefined {
  const known = Object.entries(info).filter(([, one]) => one.type !== "rootfs");
  const asked = targets.map((target) => (info[target] === undefined ? target.replace(targetSuffix, "") : target));
  if (makesAll(asked)) return known.map(([name]) => name);
  if (asked.some((name) => info[name] === undefined)) return undefined;
  const wanted = new Set<string>(asked);
  for (const name of wanted) for (const needed of info[name]?.dependencies ?? []) wanted.add(needed);
  return known.map(([name]) => name).filter((name) => wanted.has(name));
}

/** The plan of a build in an output folder. */
export function planBuild(
  output: string,
  info: PackageInfos | undefined,
  targets: readonly string[],
  history: TimeHistory,
): BuildPlan {
  const imageSeconds = makesAll(targets) ? (history.imageSeconds ?? expectedImageSeconds) : 0;
  const packages = (info === undefined ? undefined : packagesOf(info, targets))?.map((name): PlannedPackage => {
    const one = info![name]!;
    return {
      name,
      done: isInstalled(output, one),
      lastSteps: one.installSteps ?? [],
      expectedSeconds: history.packages.get(name) ?? expectedSeconds(name, one),
    };
  });
  return { packages, imageSeconds };
}

/** Whether all steps of a package are done (package/pkg-generic.mk, .stamp_installed). */
export function isInstalled(output: string, { stampDir }: PackageInfo): boolean {
  return stampDir !== undefined && existsSync(join(output, stampDir, ".stamp_installed"));
}
