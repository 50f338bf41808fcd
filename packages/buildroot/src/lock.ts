import { createHash, randomUUID } from "node:crypto";
import { link, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ensureFolder } from "./ensure-folder.js";
import { BuildrootError } from "./errors.js";
import { identify } from "./process/identity.js";
import { isAlive, ownPid } from "./process/signals.js";
import type { BuildHost } from "./types.js";

/** Who holds a lock, as written into the file. */
export interface LockOwner {
  readonly pid: number;
  readonly startTime: string | undefined;
  readonly hostname: string;
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
  /** Tells this holding of the lock from every other. */
  readonly nonce: string;
}

export interface Lock {
  readonly path: string;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly path: string;
  /** What the lock is for, in words: "the output folder /x". */
  readonly what: string;
  /** What the holder is doing: "build". */
  readonly command: string;
  readonly host: BuildHost;
  /** A lock left by a dead process was removed. */
  readonly onRecovered?: (reason: string) => void;
}

/** A recovery lock's own recovery, and that one's: no deeper, or something else is wrong. */
const deepest = 4;

/**
 * Takes a lock or throws LOCKED naming its holder. The file appears with its whole content or not at all (a link to a
 * finished temporary file), so one that cannot be read was left by a crash. A dead holder's lock is removed under a second
 * lock named after that very holding: of two recoverers one removes it, and a lock taken meanwhile is another holding.
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  await ensureFolder(dirname(options.path));
  return acquire(options, options.path, 0);
}

/** Takes a lock, waiting for its holder to be done. `aborted` is thrown once the signal asks for an end. */
export async function waitForLock(
  options: LockOptions & {
    readonly signal: AbortSignal | undefined;
    readonly aborted: () => BuildrootError;
    readonly onWait?: () => void;
  },
): Promise<Lock> {
  const { signal } = options;
  for (let waited = false; ; waited = true) {
    try {
      return await acquireLock(options);
    } catch (error) {
      if (!BuildrootError.is(error) || error.code !== "LOCKED") throw error;
      if (!waited) options.onWait?.();
    }
    await delay(250, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted === true) throw options.aborted();
  }
}

async function acquire(options: LockOptions, path: string, depth: number): Promise<Lock> {
  const mine: LockOwner = {
    pid: ownPid(),
    startTime: identify(ownPid()).startTime,
    hostname: options.host.hostname,
    command: options.command,
    since: new Date().toISOString(),
    nonce: randomUUID(),
  };
  const temporary = `${path}.${mine.nonce}`;
  await writeFile(temporary, `${JSON.stringify(mine)}\n`, { flag: "wx" });
  try {
    for (let attempt = 0; attempt < 40; attempt++) {
      if (await linked(temporary, path)) return { path, release: () => release(path, mine.nonce) };
      const found = await readLock(path);
      if (found === undefined) continue;
      const stale = staleReason(found, options.host);
      if (stale === undefined) throw locked(options, path, found);
      if (depth >= deepest) break;
      if (await recover(options, path, found, depth)) {
        if (depth === 0) options.onRecovered?.(stale);
      } else await delay(25);
    }
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
  throw new BuildrootError("LOCKED", `The lock ${path} could not be taken over from a process that is gone.`, {
    hint: `If nothing builds there, remove it: rm ${path}*`,
    details: { path },
  });
}

/** Removes the lock `found` if it is still the one that is there. False if somebody else is at it. */
async function recover(options: LockOptions, path: string, found: FoundLock, depth: number): Promise<boolean> {
  let guard: Lock;
  try {
    guard = await acquire(options, `${path}.recover-${found.nonce}`, depth + 1);
  } catch (error) {
    if (BuildrootError.is(error) && error.code === "LOCKED") return false;
    throw error;
  }
  try {
    // Only the holder of this guard removes this holding, so it cannot vanish between the look and the removal.
    const now = await readLock(path);
    if (now?.nonce !== found.nonce) return false;
    await unlink(path);
    return true;
  } finally {
    await guard.release();
  }
}

async function release(path: string, nonce: string): Promise<void> {
  const found = await readLock(path);
  if (found?.nonce === nonce) await unlink(path).catch(() => undefined);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

interface FoundLock {
  readonly nonce: string;
  /** undefined if the file's content makes no sense. */
  readonly owner: LockOwner | undefined;
}

async function readLock(path: string): Promise<FoundLock | undefined> {
  let text: string;
  let inode: string;
  try {
    text = await readFile(path, "utf8");
    const { ino, mtimeMs } = await stat(path);
    inode = `${ino}:${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const owner = parseOwner(text);
  if (owner !== undefined) return { nonce: owner.nonce, owner };
  return { nonce: createHash("sha256").update(`${inode}\n${text}`).digest("hex").slice(0, 32), owner: undefined };
}

function parseOwner(text: string): LockOwner | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { pid, startTime, hostname, command, since, nonce } = value as Record<string, unknown>;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (typeof hostname !== "string" || typeof command !== "string" || typeof since !== "string") return undefined;
  if (typeof nonce !== "string" || !/^[0-9a-f-]{36}$/.test(nonce)) return undefined;
  return { pid, startTime: typeof startTime === "string" ? startTime : undefined, hostname, command, since, nonce };
}

function staleReason({ owner }: FoundLock, host: BuildHost): string | undefined {
  if (owner === undefined) return "its content made no sense";
  // Whether a process of another machine lives cannot be told from here.
  if (owner.hostname !== host.hostname) return undefined;
  if (isAlive(owner)) return undefined;
  return `process ${owner.pid} ("${owner.command}", since ${owner.since}) is gone`;
}

function locked(options: LockOptions, path: string, { owner }: FoundLock): BuildrootError {
  const here = owner?.hostname === options.host.hostname;
  const who = `process ${owner?.pid}${here ? "" : ` on ${owner?.hostname}`} ("${owner?.command}")`;
  return new BuildrootError("LOCKED", `${options.what} is in use by ${who} since ${owner?.since}.`, {
    hint: here
      ? `Wait for it, end it with: kill ${owner?.pid}, or use another output folder.`
      : `Wait for it, or if nothing runs on ${owner?.hostname} any more: rm ${path}`,
    details: { path, ...owner },
  });
}
