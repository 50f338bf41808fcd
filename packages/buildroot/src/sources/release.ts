import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import type { BuildrootRelease, GitRelease } from "../types.js";

/** What pins a release: a commit or a SHA-256. */
export function releasePin(release: BuildrootRelease): string {
  return isGit(release) ? release.commit : release.sha256;
}

export function isGit(release: BuildrootRelease): release is GitRelease {
  return "commit" in release;
}

/** Where a release lies in a cache: its pin is part of the name, so another pin is another folder. */
export function releaseFolder(cacheDir: string, release: BuildrootRelease): string {
  return join(cacheDir, `buildroot-${release.version}-${releasePin(release).slice(0, 12)}`);
}

/** Throws RELEASE_INVALID for a release that is not pinned as it must be. */
export function checkRelease(release: BuildrootRelease): void {
  const problem = problemOf(release);
  if (problem === undefined) return;
  throw new BuildrootError("RELEASE_INVALID", `The release cannot be fetched: ${problem}.`, {
    hint: "A release is a version with a git repository and a commit, or with an http(s) URL of a tarball and its SHA-256.",
    details: { release },
  });
}

function problemOf(release: BuildrootRelease): string | undefined {
  if (!/^\d[\w.+-]*$/.test(release.version)) return `"${release.version}" is no version`;
  if (isGit(release)) {
    if (!/^[0-9a-f]{40}$/.test(release.commit))
      return `"${release.commit}" is no full commit id of 40 hexadecimal digits`;
    if (!/^(?:https?|ssh|git|file):\/\/\S+$/.test(release.repository))
      return `"${release.repository}" is no repository URL`;
    return undefined;
  }
  if (!/^[0-9a-f]{64}$/.test(release.sha256)) return `"${release.sha256}" is no SHA-256 of 64 hexadecimal digits`;
  return /^https?:\/\/\S+$/.test(release.url) ? undefined : `"${release.url}" is no http or https URL`;
}

/** Said wherever a tree cannot be had: how else to come by one. */
export const otherWays: string =
  "Name a Buildroot tree (--buildroot DIR, or BR2_UPSTREAM=DIR), or in a clone run: git submodule update --init buildroot. Or, with network, let the pinned release be fetched.";
