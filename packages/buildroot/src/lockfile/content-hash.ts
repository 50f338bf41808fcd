import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "../process/find-program.js";
import { runProgram } from "../process/run-program.js";
import type { Environment } from "../types.js";

export interface TreeOptions {
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
}

/** The lock itself is no part of the tree that it lies in. */
export const lockFileName = "ipa-br.lock.json";

/** What git would not have: other machines have other ones. */
const ignored = new Set([".git", lockFileName]);

/**
 * SHA-256 over the files of a tree: path, whether it can be run, and content, or where a link leads. In a git work tree what git ignores
 * does not count, so that a clone and a copy without git have the same.
 */
export async function contentHash(folder: string, options: TreeOptions): Promise<string> {
  const names = (await filesOfGit(folder, options)) ?? (await filesBelow(folder, ""));
  const lines: string[] = names.map(() => "");
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < names.length; index = next++) {
      options.signal?.throwIfAborted();
      lines[index] = await lineOf(folder, names[index]!);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** The commit of a tree in git; undefined for one without. */
export async function commitOf(folder: string, options: TreeOptions): Promise<string | undefined> {
  const said = await git(folder, ["rev-parse", "HEAD"], options);
  return said === undefined || !/^[0-9a-f]{40,64}$/.test(said.trim()) ? undefined : said.trim();
}

async function lineOf(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => undefined);
  // git lists a file that was removed, and a submodule as a folder.
  if (found === undefined || found.isDirectory()) return "";
  if (found.isSymbolicLink()) return `link ${JSON.stringify(name)} ${JSON.stringify(await readlink(path))}\n`;
  const sum = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  return `${(found.mode & 0o100) === 0 ? "file" : "program"} ${JSON.stringify(name)} ${sum}\n`;
}

async function filesBelow(folder: string, below: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (ignored.has(entry.name) || (below === "" && (name === "dl" || name === "output"))) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, name)));
    else found.push(name);
  }
  return found.sort();
}

async function filesOfGit(folder: string, options: TreeOptions): Promise<string[] | undefined> {
  const said = await git(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."], options);
  if (said === undefined || said === "") return undefined;
  const names = [...new Set(said.split("\0"))].filter(
    (name) => name !== "" && !name.split("/").some((part) => ignored.has(part)),
  );
  return names.sort();
}

async function git(folder: string, args: readonly string[], { env, signal }: TreeOptions): Promise<string | undefined> {
  const file = await findProgram("git", env);
  if (file === undefined) return undefined;
  const clean = { ...env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
  // A tree of another user's is read all the same.
  const words = ["-c", "safe.directory=*", "-C", folder, ...args];
  const { exitCode, output } = await runProgram({ file, args: words, env: clean, signal });
  return exitCode === 0 ? output : undefined;
}
