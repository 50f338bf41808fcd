import { chmod, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "../types.js";
import { isTarball } from "./export.js";
import { digestOf } from "./hash.js";
import { runTool } from "./run-tool.js";

export interface MirrorOptions {
  /** Keeps unpacked tarballs. */
  readonly cacheDir: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
}

/** The folder of a mirror: itself, or for a tarball where it is unpacked, once for each content. Throws FETCH_FAILED, ABORTED. */
export async function mirrorFolder(path: string, { cacheDir, env, signal }: MirrorOptions): Promise<string> {
  if (!isTarball(path) || (await stat(path).catch(() => undefined))?.isFile() !== true) return path;
  const folder = join(cacheDir, "mirrors", (await digestOf(path, "sha256")).slice(0, 16));
  if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    await runTool({ tool: "tar", args: ["-xf", path, "-C", partial, "--no-same-owner"], env, signal });
    await chmod(partial, 0o755);
    // Another process may have been quicker.
    await rename(partial, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
