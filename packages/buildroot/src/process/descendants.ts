import { readdirSync, readFileSync } from "node:fs";
import { identify, type ProcessIdentity } from "./identity.js";

/** The variable that every process of a run inherits; a process that left its family is still found by it. */
export const runVariable = "IPA_BR_RUN";

/**
 * The processes of a run: the tree under its root, and whoever carries the run's mark in its environment, since a daemon
 * that has been handed to init is in no tree any more.
 */
export async function descendants(root: number, run: string): Promise<ProcessIdentity[]> {
  const pids = new Set<number>(marked(`${runVariable}=${run}`));
  const tree = familyOf(root);
  for (const pid of tree ?? (await toldByPs(root))) pids.add(pid);
  return [...pids].map((pid) => identify(pid)).filter(({ startTime }) => startTime !== undefined);
}

/** The same where there is no /proc; `ps` fails once the root is gone. */
async function toldByPs(root: number): Promise<readonly number[]> {
  const { pidtree } = await import("pidtree");
  return pidtree(root, { root: true }).catch(() => []);
}

/** The processes with an entry such as `IPA_BR_RUN=...` in their environment. */
export function marked(entry: string): number[] {
  return allPids().filter((pid) => carries(pid, entry));
}

function allPids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function carries(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\u0000").includes(mark);
  } catch {
    return false;
  }
}

/** A process and all that it and its children started; undefined where there is no /proc. */
function familyOf(root: number): number[] | undefined {
  const children = new Map<number, number[]>();
  const pids = allPids();
  if (pids.length === 0) return undefined;
  for (const pid of pids) {
    const { parent } = identify(pid);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  const family = [root];
  // It grows while it is gone through.
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family;
}
