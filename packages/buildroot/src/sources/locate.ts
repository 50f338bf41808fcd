import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkBuildrootTree } from "../check/buildroot-tree.js";
import { BuildrootError } from "../errors.js";
import type { LocatedBuildroot, LocateOptions } from "../types.js";
import { otherWays, releaseFolder } from "./release.js";

/**
 * Finds a Buildroot tree: the one that is named, BR2_UPSTREAM's, a clone's `buildroot/` submodule, or the release in the
 * cache, the first of these that is given. Throws BUILDROOT_INVALID for a named tree that is none, and BUILDROOT_NOT_FOUND,
 * which says how to come by one.
 */
export async function locateBuildroot(options: LocateOptions): Promise<LocatedBuildroot> {
  const { explicit, env, clone, release, cacheDir } = options;
  if (explicit !== undefined) return { ...(await checkBuildrootTree(explicit)), source: "option" };
  const upstream = env["BR2_UPSTREAM"];
  if (upstream !== undefined && upstream !== "")
    return { ...(await checkBuildrootTree(upstream)), source: "environment" };

  const tried = ["no tree is named (--buildroot), and BR2_UPSTREAM is not set"];
  if (clone !== undefined) {
    const submodule = join(clone, "buildroot");
    if (await exists(join(submodule, "Makefile")))
      return { ...(await checkBuildrootTree(submodule)), source: "submodule" };
    tried.push(`the submodule ${submodule} is not populated`);
  }
  if (release !== undefined && cacheDir !== undefined) {
    const cached = releaseFolder(cacheDir, release);
    // The folder appears whole and verified, see fetchRelease.
    if (await exists(cached)) return { ...(await checkBuildrootTree(cached)), source: "cache" };
    tried.push(`Buildroot ${release.version} is not in the cache ${cacheDir}`);
  }
  throw new BuildrootError("BUILDROOT_NOT_FOUND", `There is no Buildroot tree: ${tried.join("; ")}.`, {
    hint: otherWays,
    details: { tried },
  });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
