import { BuildrootError } from "../errors.js";
import type { BuildLock, LockDrift, LockedTree } from "./types.js";

/** What differs between a lock and what is there. A commit is of no account where the content is the same. */
export function compareLock(locked: BuildLock, found: BuildLock): LockDrift[] {
  const tree = ({ content, commit }: LockedTree): string =>
    `${content.slice(0, 16)}${commit === undefined ? "" : ` (commit ${commit.slice(0, 12)})`}`;
  const trees = (lock: BuildLock) => new Map(lock.externals.map((one) => [one.name, one]));
  const drifts: LockDrift[] = [];
  const check = (
    part: keyof BuildLock,
    name: string | undefined,
    was: string | undefined,
    is: string | undefined,
  ): void => {
    if (was !== is) drifts.push({ part, name, locked: was, found: is });
  };
  if (locked.buildroot.content !== found.buildroot.content)
    check(
      "buildroot",
      undefined,
      `${locked.buildroot.version}, ${tree(locked.buildroot)}`,
      `${found.buildroot.version}, ${tree(found.buildroot)}`,
    );
  for (const [name, was, is] of pairs(trees(locked), trees(found)))
    if (was?.content !== is?.content) check("externals", name, was && tree(was), is && tree(is));
  check("defconfig", locked.defconfig?.name, locked.defconfig?.sha256, found.defconfig?.sha256);
  const list = (lock: BuildLock): string =>
    lock.fragments.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 16)}`).join(", ");
  check("fragments", undefined, list(locked) || undefined, list(found) || undefined);
  for (const [name, was, is] of pairs(
    new Map(Object.entries(locked.configuration)),
    new Map(Object.entries(found.configuration)),
  ))
    check("configuration", name, was, is);
  const chain = ({ toolchain: { kind, content } }: BuildLock): string =>
    content === undefined ? kind : `${kind} ${content.slice(0, 16)}`;
  check("toolchain", undefined, chain(locked), chain(found));
  const sources = (lock: BuildLock) => new Map(lock.sources.map(({ name, hash }) => [name, hash]));
  for (const [name, was, is] of pairs(sources(locked), sources(found))) check("sources", name, was, is);
  check("reproducible", "output", locked.reproducible?.output, found.reproducible?.output);
  check(
    "reproducible",
    "sourceDateEpoch",
    text(locked.reproducible?.sourceDateEpoch),
    text(found.reproducible?.sourceDateEpoch),
  );
  return drifts;
}

/** One difference in one line. */
export function formatDrift({ part, name, locked, found }: LockDrift): string {
  return `${part}${name === undefined ? "" : ` ${name}`}: locked ${locked ?? "without it"}, found ${found ?? "nothing"}`;
}

/** Throws LOCK_DRIFT that names everything that differs. */
export function requireLock(locked: BuildLock, found: BuildLock): void {
  const drifts = compareLock(locked, found);
  if (drifts.length === 0) return;
  const lines = drifts.map((drift) => formatDrift(drift));
  const shown = lines.length > 15 ? [...lines.slice(0, 14), `and ${lines.length - 14} more`] : lines;
  throw new BuildrootError("LOCK_DRIFT", ["This is not what the lock says:", ...shown].join("\n"), {
    hint: "Go back to what is locked, or lock anew what is there.",
    details: { drifts },
  });
}

/** Reads a lock. Throws LOCK_INVALID. */
export function parseLock(content: string, path: string): BuildLock {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw invalid(path, `is no JSON: ${(error as Error).message}`, error);
  }
  const lock = value as Partial<BuildLock> | null;
  if (typeof lock !== "object" || lock?.version !== 1)
    throw invalid(
      path,
      `is no lock of version 1${lock?.version === undefined ? "" : ` (it says ${String(lock.version)})`}`,
    );
  const whole =
    typeof lock.buildroot?.content === "string" &&
    [lock.externals, lock.fragments, lock.sources].every((one) => Array.isArray(one)) &&
    typeof lock.configuration === "object" &&
    typeof lock.toolchain?.kind === "string";
  if (!whole) throw invalid(path, "lacks a part");
  return lock as BuildLock;
}

function invalid(path: string, problem: string, cause?: unknown): BuildrootError {
  return new BuildrootError("LOCK_INVALID", `${path} ${problem}.`, {
    hint: "Write it anew: ipa-br lock.",
    details: { path, problem },
    cause,
  });
}

function pairs<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): [string, T | undefined, T | undefined][] {
  return [...new Set([...a.keys(), ...b.keys()])].sort().map((name) => [name, a.get(name), b.get(name)]);
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
