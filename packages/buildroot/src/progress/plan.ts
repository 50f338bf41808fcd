import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PackageInfo, PackageInfos } from "../types.js";
import type { TimeHistory } from "./history.js";
import type { BuildPlan, PlannedPackage } from "./tracker.js";
import { expectedImageSeconds, expectedSeconds } from "./weights.js";

/** A package's target with what is done to it: "busybox-rebuild" is busybox. */
const targetSuffix =
  /-(?:rebuild|reconfigure|reinstall|dirclean|all|build|configure|install|patch|extract|source|depends|legal-info)$/;

/** What `make TARGETS` will make, as far as show-info tells; everything for no target, or for one that is no package. */
export function packagesOf(info: PackageInfos, targets: readonly string[]): readonly string[] {
  const known = Object.entries(info).filter(([, one]) => one.type !== "rootfs");
  const asked = targets.map((target) => (info[target] === undefined ? target.replace(targetSuffix, "") : target));
  if (asked.length === 0 || asked.some((name) => info[name] === undefined)) return known.map(([name]) => name);
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
  const basis = history.packages.size > 0 ? "history" : "weights";
  const imageSeconds = targets.length > 0 ? 0 : (history.imageSeconds ?? expectedImageSeconds);
  if (info === undefined) return { packages: undefined, imageSeconds, basis };
  const packages = packagesOf(info, targets).map((name): PlannedPackage => {
    const one = info[name]!;
    return {
      name,
      done: isInstalled(output, one),
      lastSteps: one.installSteps ?? [],
      expectedSeconds: history.packages.get(name) ?? expectedSeconds(name, one),
    };
  });
  return { packages, imageSeconds, basis };
}

/** Whether all steps of a package are done (package/pkg-generic.mk, .stamp_installed). */
export function isInstalled(output: string, { stampDir }: PackageInfo): boolean {
  return stampDir !== undefined && existsSync(join(output, stampDir, ".stamp_installed"));
}
