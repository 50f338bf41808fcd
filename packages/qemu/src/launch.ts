import { QemuError } from "./errors.js";
import type { LaunchOptions, Machine, RunningMachine } from "./types.js";

/**
 * Starts the machine and resolves when QEMU runs it.
 * Errors: `MACHINE_INVALID`, `IMAGE_NOT_FOUND`, `QEMU_NOT_FOUND`, `QEMU_UNUSABLE`, `KVM_UNUSABLE`, `PORT_IN_USE`,
 * `START_FAILED`, `ABORTED`.
 */
export function launch(machine: Machine, options: LaunchOptions): Promise<RunningMachine> {
  return Promise.reject(new QemuError("INTERNAL", `not written yet: ${machine.arch} ${options.accel ?? "auto"}`));
}
