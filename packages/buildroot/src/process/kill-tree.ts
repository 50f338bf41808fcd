import { setTimeout as delay } from "node:timers/promises";
import { descendants } from "./descendants.js";
import type { ProcessIdentity } from "./identity.js";
import { isAlive, signal } from "./signals.js";

export interface KillOptions {
  /** The process to end, and the group it leads if `group` is set. */
  readonly pid: number;
  readonly group: boolean;
  /** The mark of the run, see `descendants`. */
  readonly run: string;
  /** How long SIGTERM may take before SIGKILL, milliseconds. */
  readonly graceMs: number;
  readonly onSignal?: (signal: "SIGTERM" | "SIGKILL", pids: readonly number[]) => void;
}

const pollMs = 25;
/** After SIGKILL only a process in uninterruptible sleep stays; waiting longer does not help. */
const lastWaitMs = 3000;

/**
 * Ends a process and everything it started: the group gets SIGTERM, and so does each descendant outside of it (a `setsid`
 * grandchild); after the grace period whoever is left gets SIGKILL, by number and only if its start time is still the same.
 * Returns the processes that survived even that.
 */
export async function killTree(options: KillOptions): Promise<readonly ProcessIdentity[]> {
  const { pid, run, graceMs, onSignal } = options;
  const known = new Map<string, ProcessIdentity>();
  const look = async (): Promise<void> => {
    for (const found of await descendants(pid, run)) known.set(`${found.pid}:${found.startTime}`, found);
  };
  const living = (): ProcessIdentity[] => [...known.values()].filter(isAlive);

  await look();
  onSignal?.(
    "SIGTERM",
    living().map((one) => one.pid),
  );
  if (options.group) signal(-pid, "SIGTERM");
  for (const one of living()) if (!options.group || one.group !== pid) signal(one.pid, "SIGTERM");
  await until(() => living().length === 0, graceMs);

  // Children that were born after the first look, and those of a process that took no notice.
  for (let round = 0; round < 5; round++) {
    await look();
    const left = living();
    if (left.length === 0) break;
    if (round === 0)
      onSignal?.(
        "SIGKILL",
        left.map((one) => one.pid),
      );
    if (options.group) signal(-pid, "SIGKILL");
    for (const one of left) if (isAlive(one)) signal(one.pid, "SIGKILL");
    await until(() => living().length === 0, lastWaitMs / 5);
  }
  return living();
}

async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!condition() && performance.now() < end) await delay(pollMs);
}
