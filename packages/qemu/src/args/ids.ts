import type { Machine } from "../types.js";

/** The network cards' ids, the given ones and the default ones, in order. */
export function nicIds(machine: Machine): readonly string[] {
  return (machine.nics ?? []).map((nic, index) => nic.id ?? `net${index}`);
}

/** The drives' ids, the given ones and the default ones, in order. */
export function driveIds(machine: Machine): readonly string[] {
  return (machine.drives ?? []).map((drive, index) => drive.id ?? `disk${index}`);
}
