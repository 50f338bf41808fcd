import { hotplugPorts } from "../args/extras.js";
import { machineType } from "../args/machine.js";
import { QemuError } from "../errors.js";
import type { Machine } from "../types.js";

/** The places for devices that are added while the machine runs. */
export interface Slots {
  /**
   * Takes a place for a device; undefined on a pc, where QEMU finds one itself.
   * Errors: `MACHINE_INVALID` if there is none, or none left.
   */
  take(id: string): string | undefined;
  /** The device is gone. */
  free(id: string): void;
}

/** The places of a machine that was just started. */
export function createSlots(machine: Machine): Slots {
  const type = machineType(machine);
  const taken = new Map<string, string>();
  return {
    take(id) {
      if (type === "pc") return undefined;
      if (type === "microvm") {
        throw new QemuError("MACHINE_INVALID", "A microvm takes no devices while it runs.", { hint: "Use pc or q35." });
      }
      const used = new Set(taken.values());
      const port = hotplugPorts(machine).find((one) => !used.has(one));
      if (port === undefined) {
        throw new QemuError("MACHINE_INVALID", `The machine has no empty port for ${id}.`, {
          hint: "Describe it with more hotplugPorts.",
          details: { id, hotplugPorts: machine.hotplugPorts ?? 0 },
        });
      }
      taken.set(id, port);
      return port;
    },
    free: (id) => void taken.delete(id),
  };
}
