import { readdirSync, readFileSync } from "node:fs";
import { pidtree } from "pidtree";
import { identify, type ProcessIdentity } from "./identity.js";

/** The variable that every process of a run inherits; a process that left its family is still found by it. */
export const runVariable = "IPA_BR_RUN";

/**
 * The processes of a run: the tree under its root, and whoever carries the run's mark in its environment, since a daemon
 * that has been handed to init is in no tree any more.
 */
export async function descendants(root: number, run: string): Promise<ProcessIdentity[]> {
  const pids = new Set<number>(marked(run));
  // pidtree needs `ps` and fails once the root is gone.
  for (const pid of await pidtree(root, { root: true }).catch(() => [])) pids.add(pid);
  return [...pids].map((pid) => identify(pid)).filter(({ startTime }) => startTime !== undefined);
}

function marked(run: string): number[] {
  const mark = `${runVariable}=${run}`;
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return [];
  }
  return names.filter((name) => /^\d+$/.test(name) && carries(name, mark)).map(Number);
}

function carries(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\u0000").includes(mark);
  } catch {
    return false;
  }
}
