import type { Accelerator, Command, Machine, MachineType } from "../types.js";
import { driveArguments } from "./drive.js";
import { extraArguments, machineSockets } from "./extras.js";
import { firmwareArguments } from "./firmware.js";
import { netArguments } from "./net.js";
import { serialArguments } from "./serial.js";
import { validateMachine } from "./validate.js";

/** What a description is turned into a command for. */
export interface MachineCommandOptions {
  /** The QEMU program: a path, or a name that the shell finds. */
  readonly binary: string;
  readonly accel: Accelerator;
  /** Where the sockets of a TPM and of the guest agent are; the current folder unless said otherwise. */
  readonly folder?: string;
}

/** The description's machine type, or its architecture's. */
export function machineType(machine: Machine): MachineType {
  return machine.type ?? (machine.arch === "aarch64" ? "virt" : "pc");
}

/** MiB of memory unless the description says otherwise. */
const defaultMemory = 1024;

/**
 * The command that starts the machine. Pure: nothing is looked up on the host, and the same description makes the same
 * words. QEMU's defaults (a CD-ROM drive, a network card, a screen, the user's configuration file) are switched off, so
 * the machine is what the description says and nothing more.
 * Errors: `MACHINE_INVALID`.
 */
export function machineCommand(machine: Machine, options: MachineCommandOptions): Command {
  validateMachine(machine);
  const type = machineType(machine);
  const core = {
    "-machine": machineOption(type, options.accel),
    "-accel": options.accel,
    "-cpu": cpuModel(machine, options.accel),
    "-m": String(machine.memory ?? defaultMemory),
    "-smp": String(machine.cpus ?? 1),
    "-display": "none",
    "-monitor": "none",
  };
  return {
    file: options.binary,
    args: [
      "-no-user-config",
      "-nodefaults",
      ...Object.entries(core).flat(),
      ...serialArguments(machine.serial),
      ...(machine.reboot === false ? ["-no-reboot"] : []),
      ...firmwareArguments(machine.firmware),
      ...bootArguments(machine),
      ...netArguments(machine, type),
      ...driveArguments(machine, type),
      ...extraArguments(machine, type, machineSockets(options.folder ?? "")),
      ...(machine.extraArguments ?? []),
    ],
  };
}

function machineOption(type: MachineType, accel: Accelerator): string {
  // With ACPI a microvm has no PIT and no PM timer: under TCG, which has no kvmclock either, Linux 6.1 stops where it
  // calibrates its clock. Without ACPI it finds the devices by its command line (CONFIG_VIRTIO_MMIO_CMDLINE_DEVICES).
  if (type === "microvm" && accel === "tcg") return "microvm,acpi=off";
  // The interrupt controller that the host has under KVM, and the newest under TCG: the default, version 2, does not
  // start under KVM on most servers (QEMU manual, "virt generic virtual platform").
  return type === "virt" ? "virt,gic-version=max" : type;
}

/** The host's processor exists with KVM only; under TCG `max` is all that QEMU can translate. */
function cpuModel(machine: Machine, accel: Accelerator): string {
  if (machine.cpu !== undefined && !(machine.cpu === "host" && accel === "tcg")) return machine.cpu;
  if (accel === "kvm") return "host";
  // Pointer authentication by the architecture's own algorithm takes two thirds of the time of an arm64 Linux' boot; QEMU
  // has a quicker one (QEMU manual, "Arm CPU Features", "pauth-impdef").
  return machine.arch === "aarch64" ? "max,pauth-impdef=on" : "max";
}

function bootArguments(machine: Machine): string[] {
  const args: string[] = [];
  if (machine.kernel !== undefined) args.push("-kernel", machine.kernel);
  if (machine.initrd !== undefined) args.push("-initrd", machine.initrd);
  if (machine.append !== undefined) args.push("-append", machine.append);
  return args;
}
