import { mkdir } from "node:fs/promises";
import { BuildrootError } from "../errors.js";
import type { Environment, GitRelease } from "../types.js";
import { runTool } from "./run-tool.js";

export interface GitFetch {
  readonly release: GitRelease;
  /** Empty or missing. */
  readonly folder: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  /** Objects received, of how many. */
  readonly onProgress: (received: number, total: number) => void;
}

/** The user's settings must neither change a file's content nor run a program. */
const neutral = ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"];

/** Fetches one commit, without history, and checks it out. Throws FETCH_FAILED, FETCH_MISMATCH, ABORTED. */
export async function fetchCommit(fetch: GitFetch): Promise<void> {
  const { release, folder, env, signal } = fetch;
  await mkdir(folder, { recursive: true });
  const git = (...args: string[]): Promise<string> =>
    runTool({ tool: "git", args: ["-C", folder, ...neutral, ...args], env, signal });
  await git("init", "--quiet");
  const receive = (what: string): Promise<string> =>
    runTool({
      tool: "git",
      args: ["-C", folder, ...neutral, "fetch", "--progress", "--no-tags", "--depth", "1", release.repository, what],
      env,
      signal,
      onError: progressReader(fetch.onProgress),
    });
  try {
    await receive(release.commit);
  } catch (error) {
    // Some servers hand out only what a branch or tag points at; Buildroot tags its releases with the version.
    if (!BuildrootError.is(error) || !/not our ref|unadvertised object/i.test(JSON.stringify(error.details)))
      throw error;
    await receive(`refs/tags/${release.version}`);
  }
  const commit = (await git("rev-parse", "FETCH_HEAD^{commit}")).trim();
  if (commit !== release.commit) throw mismatch(release, `the server gave commit ${commit}`);
  await git("checkout", "--quiet", "--detach", release.commit);
  await verifyCheckout(release, folder, env, signal);
}

/** Throws FETCH_MISMATCH unless a work tree is the release's commit, unchanged. */
export async function verifyCheckout(
  release: GitRelease,
  folder: string,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<void> {
  const git = (...args: string[]): Promise<string> =>
    runTool({ tool: "git", args: ["-C", folder, ...neutral, ...args], env, signal });
  const head = (await git("rev-parse", "HEAD")).trim();
  if (head !== release.commit) throw mismatch(release, `${folder} is at commit ${head}`);
  const changed = (await git("status", "--porcelain")).trim();
  if (changed !== "")
    throw mismatch(release, `files in ${folder} differ from the commit (${changed.split("\n")[0]!.trim()})`);
}

function mismatch(release: GitRelease, why: string): BuildrootError {
  return new BuildrootError("FETCH_MISMATCH", `Buildroot ${release.version} is not what it is pinned to: ${why}.`, {
    hint: `It has to be commit ${release.commit}. Remove a changed copy and fetch again, or name a tree of your own (--buildroot DIR).`,
    details: { release, why },
  });
}

function progressReader(onProgress: (received: number, total: number) => void): (text: string) => void {
  let shown = -1;
  return (text) => {
    const last = [...text.matchAll(/(?:Receiving|Unpacking) objects: +(\d+)% \((\d+)\/(\d+)\)/g)].at(-1);
    if (last === undefined || Number(last[1]) === shown) return;
    shown = Number(last[1]);
    onProgress(Number(last[2]), Number(last[3]));
  };
}
