import { QemuError } from "../errors.js";
import type { Accelerator, Command, Machine } from "../types.js";

/** What a description is turned into a command for. */
export interface MachineCommandOptions {
  /** The QEMU program: a path, or a name that the shell finds. */
  readonly binary: string;
  readonly accel: Accelerator;
}

/**
 * The command that starts the machine. Pure: nothing is looked up on the host.
 * Errors: `MACHINE_INVALID`.
 */
export function machineCommand(machine: Machine, options: MachineCommandOptions): Command {
  throw new QemuError("INTERNAL", `not written yet: ${machine.arch} ${options.binary}`);
}
