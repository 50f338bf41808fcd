import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type BuildLock,
  type Buildroot,
  BuildrootError,
  createLock,
  formatLock,
  lockSchema,
  parseLock,
  requireLock,
} from "@ipa-br/buildroot";
import type { Command } from "commander";
import { type Io, note, print } from "../io.js";
import { type LocationOptions, resolveSettings } from "../settings/resolve.js";
import { openTree } from "../tree.js";
import { withLocations } from "./options.js";

/** What `lock` takes beside the locations. */
type LockOptions = LocationOptions & {
  readonly file?: string;
  readonly check?: boolean;
  readonly schema?: boolean;
};

const fileName = "ipa-br.lock.json";

/** Adds `ipa-br lock`. */
export function addLockCommand(program: Command, io: Io): void {
  withLocations(
    program.command("lock").description("write down what the configured image is built of, for build --locked"),
  )
    .exitOverride()
    .option("--file <file>", `the lock file (default: ${fileName} here)`)
    .option("--check", "compare with the lock file instead of writing it")
    .option("--schema", "print the JSON Schema of the lock file, and do nothing")
    .action((options: LockOptions) => lock(io, options));
}

async function lock(io: Io, options: LockOptions): Promise<void> {
  if (options.schema === true) {
    print(io, JSON.stringify(lockSchema, null, 2));
    return;
  }
  const settings = await resolveSettings(io, options);
  const tree = await openTree(io, settings);
  const path = lockPath(io, options.file);
  if (options.check === true) {
    await checkLock(io, tree, path);
    print(io, `${path} holds`);
    return;
  }
  const made = await createLock({ tree, env: io.env, signal: io.signal });
  await writeFile(path, formatLock(made));
  const unjudged = made.sources.filter(({ hash }) => hash === "none").length;
  if (unjudged > 0) note(io, `${unjudged} sources have no hash in Buildroot: the lock cannot hold them`);
  print(io, path);
}

/** The lock file's absolute path. */
export function lockPath(io: Io, file: string | undefined): string {
  return resolve(io.cwd, file ?? fileName);
}

/** Compares what is configured with a lock file. Throws LOCK_DRIFT, LOCK_INVALID, LOCK_STALE. */
export async function checkLock(io: Io, tree: Buildroot, path: string): Promise<void> {
  requireLock(await readLock(path), await createLock({ tree, env: io.env, signal: io.signal }));
}

async function readLock(path: string): Promise<BuildLock> {
  const text = await readFile(path, "utf8").catch((cause: Error) => {
    throw new BuildrootError("LOCK_INVALID", `${path} cannot be read: ${cause.message}.`, {
      hint: "Write it first: ipa-br lock.",
      details: { path },
      cause,
    });
  });
  return parseLock(text, path);
}
