import { readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { prepareCache } from "../cache-folder.js";
import { BuildrootError } from "../errors.js";
import { localHost } from "../host.js";
import { waitForLock } from "../lock.js";
import type { BuildrootEvent, FetchedRelease, FetchReleaseOptions } from "../types.js";
import { buildrootVersion } from "../version.js";
import { fetchCommit, verifyCheckout } from "./git.js";
import { checkRelease, isGit, otherWays, releaseFolder, releasePin } from "./release.js";
import { fetchAborted } from "./run-tool.js";
import { fetchTarball } from "./tarball.js";

/**
 * Fetches a pinned release into the cache unless it is there. It is put together beside its final place, verified against its
 * commit or SHA-256, and renamed at the very end, so the final folder is whole or not there. A second process waits for the
 * first. Throws RELEASE_INVALID, FETCH_FAILED, FETCH_MISMATCH, ABORTED.
 */
export async function fetchRelease(options: FetchReleaseOptions): Promise<FetchedRelease> {
  const { release, env, signal } = options;
  checkRelease(release);
  if (signal?.aborted === true) throw fetchAborted(signal);
  const cacheDir = await prepareCache(options.cacheDir, "FETCH_FAILED");
  const path = releaseFolder(cacheDir, release);
  const what = `Buildroot ${release.version}`;
  const tell = (phase: Extract<BuildrootEvent, { type: "fetch" }>["phase"], received?: number, total?: number): void =>
    options.onEvent?.({ type: "fetch", phase, what, received, total });
  const lock = await waitForLock({
    path: `${path}.lock`,
    what,
    command: "fetch",
    host: options.host ?? localHost(),
    signal,
    aborted: () => fetchAborted(signal),
    onWait: () => tell("wait"),
  });
  try {
    if (await isFolder(path)) {
      if (isGit(release)) await verifyCheckout(release, path, env, signal);
      return { path, version: release.version, fetched: false };
    }
    tell("start");
    const folder = `${path}.partial`;
    // Left by a process that was killed; nobody else is here now.
    await rm(folder, { recursive: true, force: true });
    try {
      if (isGit(release)) {
        await fetchCommit({
          release,
          folder,
          env,
          signal,
          onProgress: (received, total) => tell("download", received, total),
        });
      } else {
        await fetchTarball({
          release,
          folder,
          part: `${path}.part`,
          env,
          signal,
          onProgress: (received, total) => tell("download", received, total),
          onUnpack: () => tell("unpack"),
        });
      }
      tell("verify");
      await checkVersion(folder, options);
      await rename(folder, path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    tell("done");
    return { path, version: release.version, fetched: true };
  } finally {
    await lock.release();
  }
}

async function checkVersion(folder: string, { release }: FetchReleaseOptions): Promise<void> {
  const makefile = await readFile(join(folder, "Makefile"), "utf8").catch(() => "");
  const version = buildrootVersion(makefile);
  if (version === release.version) return;
  const found = version === undefined ? "no Buildroot tree" : `Buildroot ${version}`;
  throw new BuildrootError("FETCH_MISMATCH", `What ${releasePin(release)} names is ${found}, not ${release.version}.`, {
    hint: otherWays,
    details: { release, version },
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
