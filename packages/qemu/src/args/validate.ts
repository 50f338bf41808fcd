import { QemuError } from "../errors.js";
import type { Architecture, Drive, HostForward, Machine, MachineType, Nic } from "../types.js";
import { driveIds, nicIds } from "./ids.js";

const typesOf: Readonly<Record<Architecture, readonly MachineType[]>> = {
  x86_64: ["pc", "q35", "microvm"],
  aarch64: ["virt"],
};

function invalid(message: string, hint: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new QemuError("MACHINE_INVALID", message, { hint, details });
}

/** Refuses what QEMU would refuse, or would silently understand otherwise. Errors: `MACHINE_INVALID`. */
export function validateMachine(machine: Machine): void {
  checkKind(machine);
  checkBoot(machine);
  checkCount("memory", machine.memory, "MiB");
  checkCount("cpus", machine.cpus, "virtual processors");
  checkIds([...nicIds(machine), ...driveIds(machine)]);
  checkExtras(machine);
  checkBootIndices(machine);
  for (const nic of machine.nics ?? []) checkNic(nic);
  checkForwards((machine.nics ?? []).flatMap((nic) => nic.forwards ?? []));
  for (const drive of machine.drives ?? []) checkDrive(drive, machine);
  for (const word of machine.extraArguments ?? []) {
    if (word.includes("\0")) invalid("An extra argument holds a NUL character.", "Remove it: no program can take it.");
  }
}

function checkKind(machine: Machine): void {
  const types = typesOf[machine.arch];
  if (types === undefined) {
    invalid(`The architecture ${JSON.stringify(machine.arch)} is not known.`, "Use x86_64 or aarch64.");
  }
  if (machine.type !== undefined && !types.includes(machine.type)) {
    invalid(`The machine type ${machine.type} is none of ${machine.arch}.`, `Use ${types.join(", ")}.`);
  }
}

function checkBoot(machine: Machine): void {
  for (const key of ["kernel", "initrd", "append"] as const) {
    const value = machine[key];
    if (value === undefined) continue;
    if (value.includes("\0")) invalid(`${key} holds a NUL character.`, "Remove it: no program can take it.");
    if (key !== "append" && value === "") invalid(`${key} is an empty file name.`, "Leave it out, or name the file.");
    if (key !== "kernel" && machine.kernel === undefined) {
      invalid(`${key} is given without a kernel.`, "Give the kernel too: only QEMU's own loader takes it.");
    }
  }
  if (machine.type === "microvm" && machine.firmware !== undefined && machine.firmware !== "default") {
    invalid("microvm starts no UEFI image.", "Use q35.");
  }
}

function checkCount(name: string, value: number | undefined, unit: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return;
  invalid(`${name} is ${value}, not a whole number of ${unit}.`, `Give a whole number of ${unit}, 1 or more.`);
}

function checkExtras(machine: Machine): void {
  const type = machine.type ?? (machine.arch === "aarch64" ? "virt" : "pc");
  const { hotplugPorts = 0, tpm = false } = machine;
  if (!Number.isSafeInteger(hotplugPorts) || hotplugPorts < 0 || hotplugPorts > 16) {
    invalid(`hotplugPorts is ${hotplugPorts}.`, "Give a whole number from 0 to 16.");
  }
  if (hotplugPorts > 0 && type !== "q35" && type !== "virt") {
    invalid(
      `A ${type} has no PCI Express ports.`,
      type === "pc" ? "Leave hotplugPorts out: a pc needs none." : "Use q35.",
    );
  }
  if (type === "microvm" && (tpm !== false || machine.screen === true)) {
    invalid("microvm has no bus for a TPM or a graphics card.", "Use q35.");
  }
  if (machine.arch === "aarch64" && typeof tpm === "object" && tpm.interface === "crb") {
    invalid("A TPM of virt has no CRB interface in QEMU.", 'Use "tis".');
  }
}

function checkBootIndices(machine: Machine): void {
  const seen = new Set<number>();
  for (const { bootIndex } of [...(machine.nics ?? []), ...(machine.drives ?? [])]) {
    if (bootIndex === undefined) continue;
    if (!Number.isSafeInteger(bootIndex) || bootIndex < 0) {
      invalid(`${bootIndex} is no place in the boot order.`, "Give a whole number from 0.");
    }
    if (seen.has(bootIndex)) invalid(`The boot index ${bootIndex} is used twice.`, "Give each device its own.");
    seen.add(bootIndex);
  }
}

function checkIds(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    checkId(id, seen.has(id));
    seen.add(id);
  }
}

/** Errors: `MACHINE_INVALID`. */
export function checkId(id: string, used: boolean): void {
  // QEMU's own rule: util/id.c, id_wellformed().
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(id)) {
    invalid(`The device id ${JSON.stringify(id)} is malformed.`, "Use a letter, then letters, digits, '-', '.', '_'.");
  }
  if (used) invalid(`The device id ${id} is used twice.`, "Give each device an id of its own.", { id });
}

/** Errors: `MACHINE_INVALID`. */
export function checkNic(nic: Nic): void {
  if (nic.mac === undefined) return;
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(nic.mac)) {
    invalid(`${JSON.stringify(nic.mac)} is no MAC address.`, "Write six bytes: 52:54:00:12:34:56.");
  }
  if ((Number.parseInt(nic.mac.slice(0, 2), 16) & 1) === 1) {
    invalid(`${nic.mac} is a multicast address.`, "Use one whose first byte is even, such as 52:54:00:12:34:56.");
  }
}

/** Errors: `MACHINE_INVALID`. */
export function checkForwards(forwards: readonly HostForward[]): void {
  const seen = new Set<string>();
  for (const { protocol = "tcp", hostAddress = "127.0.0.1", hostPort, guestPort } of forwards) {
    for (const port of [hostPort, guestPort]) {
      if (!Number.isInteger(port) || port < 1 || port > 65535) {
        invalid(`${port} is no port.`, "Give a number from 1 to 65535.");
      }
    }
    if (!/^[0-9.]+$/.test(hostAddress)) {
      invalid(`${JSON.stringify(hostAddress)} is no IPv4 address.`, "QEMU's user networking forwards from IPv4 only.");
    }
    const key = `${protocol} ${hostAddress}:${hostPort}`;
    if (seen.has(key)) invalid(`${key} is forwarded twice.`, "Forward each host port once.", { hostPort });
    seen.add(key);
  }
}

function checkSize(bytes: number, sector: number): void {
  if (Number.isSafeInteger(bytes) && bytes >= sector && bytes % sector === 0) return;
  invalid(`${bytes} is no size of a disk.`, `Give a multiple of ${sector} bytes.`);
}

/** Errors: `MACHINE_INVALID`. */
export function checkDrive(drive: Drive, machine: Machine): void {
  const sector = drive.sectorSize ?? 512;
  if (drive.file === undefined) {
    checkSize(drive.blankBytes, sector);
    if (drive.bus === "cdrom") invalid("A CD-ROM without an image.", "Name the image file.");
  } else if (drive.file === "" || drive.file.includes("\0")) {
    invalid(`${JSON.stringify(drive.file)} is no file name of a drive.`, "Name the image file.");
  } else if (drive.createBytes !== undefined) {
    checkSize(drive.createBytes, sector);
    if (drive.readOnly === true || drive.bus === "cdrom") {
      invalid("A new disk that cannot be written stays empty.", "Leave createBytes out, or readOnly.");
    }
  }
  if (drive.sectorSize === 4096 && (drive.bus === "sata" || drive.bus === "cdrom")) {
    // hw/ide/qdev.c: "logical_block_size must be 512 for IDE".
    invalid(`A ${drive.bus} drive has no sectors of 4096 bytes in QEMU.`, "Use virtio, nvme or scsi.");
  }
  if (machine.type === "microvm" && drive.bus !== undefined && drive.bus !== "virtio") {
    invalid(`microvm has no PCI bus for a ${drive.bus} drive.`, "Use virtio, or another machine type.");
  }
}
