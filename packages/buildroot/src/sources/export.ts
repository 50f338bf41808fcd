import { constants } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BuildrootError } from "../errors.js";
import type { Environment } from "../types.js";
import { digestOf } from "./hash.js";
import { fetchAborted, runTool } from "./run-tool.js";
import type { SourceFile, SourcePlan } from "./source-types.js";
import { sourcePath, verifySources } from "./verify-sources.js";

export interface ExportSourcesOptions {
  /** A folder, made if needed, or a tarball: a name that ends in .tar, .tar.gz, .tar.xz, .tar.zst or .tar.bz2. */
  readonly target: string;
  /** To find tar in. */
  readonly env: Environment;
  readonly signal?: AbortSignal;
}

export interface ExportedSources {
  readonly target: string;
  readonly files: readonly SourceFile[];
  /** Bytes of the files. */
  readonly bytes: number;
  /** What is not in it, since the download folder does not have it, or has a wrong one. */
  readonly missing: readonly SourceFile[];
}

/** What the sums of an export are called. */
const sums = "SHA256SUMS";

/** True for a name that is a tarball's. */
export function isTarball(path: string): boolean {
  return /\.(?:tar|tar\.(?:gz|xz|zst|bz2)|tgz)$/.test(path);
}

/**
 * Puts the files of a plan that the download folder has, and that are right, into a folder or a tarball for another machine,
 * laid out as a download folder, with their SHA-256 sums in SHA256SUMS. It serves there as a mirror (`mirrors`), as a
 * download folder, or behind a web server as BR2_PRIMARY_SITE. A folder that has some of them is completed. The same files
 * give the same tarball. Throws FETCH_FAILED if it cannot be written, ABORTED.
 */
export async function exportSources(plan: SourcePlan, options: ExportSourcesOptions): Promise<ExportedSources> {
  const { target, signal } = options;
  const verdicts = await verifySources(plan, signal === undefined ? {} : { signal });
  const there = verdicts.filter(({ state }) => state === "good" || state === "no-hash").map(({ file }) => file);
  const lines: string[] = [];
  let bytes = 0;
  for (const file of there) {
    const path = sourcePath(plan, file);
    bytes += (await stat(path)).size;
    lines.push(`${await digestOf(path, "sha256")}  ${nameOf(file)}\n`);
  }
  const text = lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("");
  try {
    if (isTarball(target)) await writeTarball(plan, there, text, options);
    else await writeFolder(plan, there, text, options);
  } catch (error) {
    if (BuildrootError.is(error)) throw error;
    throw new BuildrootError(
      "FETCH_FAILED",
      `The sources cannot be written to ${target}: ${(error as Error).message}`,
      {
        hint: "Choose a place with room that this user may write to.",
        details: { target },
        cause: error,
      },
    );
  }
  const missing = verdicts.filter(({ file }) => !there.includes(file)).map(({ file }) => file);
  return { target, files: there, bytes, missing };
}

function nameOf({ folder, name }: SourceFile): string {
  return `${folder}/${name}`;
}

async function writeFolder(
  plan: SourcePlan,
  files: readonly SourceFile[],
  text: string,
  { target, signal }: ExportSourcesOptions,
): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const file of files) {
    if (signal?.aborted === true) throw fetchAborted(signal, "the export");
    const [from, to] = [sourcePath(plan, file), join(target, nameOf(file))];
    const same = (await digestOf(to, "sha256").catch(() => undefined)) === (await digestOf(from, "sha256"));
    if (same) continue;
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, `${to}.part`, constants.COPYFILE_FICLONE);
    await rename(`${to}.part`, to);
  }
  await writeFile(join(target, sums), text);
}

async function writeTarball(
  plan: SourcePlan,
  files: readonly SourceFile[],
  text: string,
  { target, env, signal }: ExportSourcesOptions,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ipa-br-export-"));
  // tar chooses the compression by the name's end.
  const partial = join(dirname(target), `.partial-${target.slice(dirname(target).length + 1)}`);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(join(folder, sums), text);
    await writeFile(join(folder, "list"), files.map((file) => `${nameOf(file)}\n`).join(""));
    const always = ["--format=gnu", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=a=r,u+w"];
    const contents = ["-C", folder, sums, "-C", plan.dlDir, "--verbatim-files-from", "-T", join(folder, "list")];
    await runTool({ tool: "tar", args: ["-caf", partial, ...always, ...contents], env, signal });
    await rename(partial, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(partial, { force: true });
  }
}
