import type { Drive, Machine, MachineType } from "../types.js";
import { type Device, deviceArguments } from "./device.js";
import { driveIds } from "./ids.js";
import { localFile, optionList } from "./option-value.js";

/** What a drive hangs on, a CD-ROM's bus decided. */
export type Bus = Exclude<NonNullable<Drive["bus"]>, "cdrom">;

/** The controllers that the drives hang on, then `-drive` and `-device` for each. */
export function driveArguments(machine: Machine, type: MachineType): string[] {
  const drives = machine.drives ?? [];
  const ids = driveIds(machine);
  const buses = new Set(drives.map((drive) => driveBus(drive, type)));
  const controllers: string[] = [];
  if (buses.has("sata")) controllers.push("-device", "ahci,id=ipa-br-sata");
  if (buses.has("scsi")) controllers.push(...deviceArguments(scsiController));
  let sataPort = 0;
  return drives.reduce((args, drive, index) => {
    const id = ids[index] ?? "";
    const bus = driveBus(drive, type);
    const port = bus === "sata" ? `ipa-br-sata.${sataPort++}` : undefined;
    const device = driveDevice(drive, id, type, port);
    return [...args, "-drive", driveBackend(drive, id), ...deviceArguments(device)];
  }, controllers);
}

/** The id of the controller that SCSI drives hang on, and the controller. */
export const scsiController: Device = { driver: "virtio-scsi-pci", properties: { id: "ipa-br-scsi" } };

/** A CD-ROM hangs on SATA on a PC, on SCSI elsewhere. */
export function driveBus(drive: Drive, type: MachineType): Bus {
  const bus = drive.bus ?? "virtio";
  if (bus !== "cdrom") return bus;
  return type === "virt" ? "scsi" : "sata";
}

/** What is behind the drive: the value of `-drive`. */
export function driveBackend(drive: Drive, id: string): string {
  if (drive.file === undefined) {
    // Zeroes of that size, with a throw-away overlay: no image to make before and to remove after.
    const zeroes = { driver: "null-co", size: drive.blankBytes, "read-zeroes": true };
    return optionList("if=none", { id, ...zeroes, snapshot: true });
  }
  return optionList("if=none", {
    id,
    file: localFile(drive.file),
    format: drive.format ?? "raw",
    "read-only": drive.readOnly === true || drive.bus === "cdrom" ? true : undefined,
    snapshot: drive.throwAway === true ? true : undefined,
  });
}

/** What the guest sees of the drive. `port` is its place on the controller or on the PCI bus, where it has one. */
export function driveDevice(drive: Drive, id: string, type: MachineType, port?: string): Device {
  const cdrom = drive.bus === "cdrom";
  const sector = drive.sectorSize === 4096 ? 4096 : undefined;
  const common = {
    id,
    drive: id,
    serial: drive.serial,
    logical_block_size: sector,
    physical_block_size: sector,
    bootindex: drive.bootIndex,
  };
  switch (driveBus(drive, type)) {
    case "virtio":
      return {
        driver: type === "microvm" ? "virtio-blk-device" : "virtio-blk-pci",
        properties: { bus: port, ...common },
      };
    case "nvme":
      // An NVMe controller without a serial number does not start.
      return { driver: "nvme", properties: { bus: port, ...common, serial: drive.serial ?? id } };
    case "sata":
      return { driver: cdrom ? "ide-cd" : "ide-hd", properties: { bus: port, ...common } };
    case "scsi":
      return { driver: cdrom ? "scsi-cd" : "scsi-hd", properties: { bus: "ipa-br-scsi.0", ...common } };
  }
}
