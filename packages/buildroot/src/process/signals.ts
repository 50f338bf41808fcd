import { existsSync } from "node:fs";
import nodeProcess from "node:process";
import { identify, type ProcessIdentity } from "./identity.js";

/** Whether this very process still runs, not one that got its number later. */
export function isAlive(identity: Pick<ProcessIdentity, "pid" | "startTime">): boolean {
  if (existsSync("/proc/self/stat")) {
    const { startTime } = identify(identity.pid);
    return startTime !== undefined && (identity.startTime === undefined || startTime === identity.startTime);
  }
  return signal(identity.pid, 0) !== "gone";
}

/** Sends a signal to a process, or with a negative number to its group. */
export function signal(pid: number, name: NodeJS.Signals | 0): "sent" | "gone" | "refused" {
  try {
    nodeProcess.kill(pid, name);
    return "sent";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH" ? "gone" : "refused";
  }
}

/** The number of this process, for locks. */
export function ownPid(): number {
  return nodeProcess.pid;
}

const groups = new Set<number>();

function killGroups(): void {
  for (const group of groups) signal(-group, "SIGKILL");
}

/** Until `release` is called, the group dies with this process, whatever ends it short of a SIGKILL. */
export function ownGroup(pid: number): { release(): void } {
  if (groups.size === 0) nodeProcess.on("exit", killGroups);
  groups.add(pid);
  return {
    release(): void {
      groups.delete(pid);
      if (groups.size === 0) nodeProcess.off("exit", killGroups);
    },
  };
}
