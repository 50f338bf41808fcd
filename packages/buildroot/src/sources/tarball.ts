import { mkdir, rm } from "node:fs/promises";
import type { Environment, TarballRelease } from "../types.js";
import { download } from "./download.js";
import { runTool } from "./run-tool.js";

export interface TarballFetch {
  readonly release: TarballRelease;
  /** Empty or missing. */
  readonly folder: string;
  /** Where the download grows. */
  readonly part: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (received: number, total: number | undefined) => void;
  readonly onUnpack: () => void;
}

/** Downloads, checks and unpacks a release's tarball; its one top folder is taken off. */
export async function fetchTarball(fetch: TarballFetch): Promise<void> {
  const { release, folder, part, env, signal } = fetch;
  await download({
    url: release.url,
    hash: { algorithm: "sha256", value: release.sha256 },
    path: part,
    env,
    signal,
    onProgress: fetch.onProgress,
  });
  fetch.onUnpack();
  await mkdir(folder, { recursive: true });
  const args = ["-xf", part, "-C", folder, "--strip-components=1", "--no-same-owner"];
  await runTool({ tool: "tar", args, env, signal });
  await rm(part, { force: true });
}
