import type { Drive, Machine, MachineType } from "../types.js";
import { driveIds } from "./ids.js";
import { localFile, optionList } from "./option-value.js";

type Bus = NonNullable<Drive["bus"]>;

/** The controllers that the drives hang on, then `-drive` and `-device` for each. */
export function driveArguments(machine: Machine, type: MachineType): string[] {
  const drives = machine.drives ?? [];
  const ids = driveIds(machine);
  const buses = new Set(drives.map((drive) => resolveBus(drive, type)));
  const controllers: string[] = [];
  if (buses.has("sata")) controllers.push("-device", "ahci,id=ipa-br-sata");
  if (buses.has("scsi")) controllers.push("-device", "virtio-scsi-pci,id=ipa-br-scsi");
  let sataPort = 0;
  return drives.reduce((args, drive, index) => {
    const id = ids[index] ?? "";
    const bus = resolveBus(drive, type);
    const port = bus === "sata" ? `ipa-br-sata.${sataPort++}` : undefined;
    return [...args, "-drive", backend(drive, id), "-device", device(drive, id, bus, type, port)];
  }, controllers);
}

/** A CD-ROM hangs on SATA on a PC, on SCSI elsewhere. */
function resolveBus(drive: Drive, type: MachineType): Exclude<Bus, "cdrom"> {
  const bus = drive.bus ?? "virtio";
  if (bus !== "cdrom") return bus;
  return type === "virt" ? "scsi" : "sata";
}

function backend(drive: Drive, id: string): string {
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

function device(
  drive: Drive,
  id: string,
  bus: Exclude<Bus, "cdrom">,
  type: MachineType,
  port: string | undefined,
): string {
  const cdrom = drive.bus === "cdrom";
  const sector = drive.sectorSize === 4096 ? 4096 : undefined;
  const common = { drive: id, serial: drive.serial, logical_block_size: sector, physical_block_size: sector };
  switch (bus) {
    case "virtio":
      return optionList(type === "microvm" ? "virtio-blk-device" : "virtio-blk-pci", common);
    case "nvme":
      // An NVMe controller without a serial number does not start.
      return optionList("nvme", { ...common, serial: drive.serial ?? id });
    case "sata":
      return optionList(cdrom ? "ide-cd" : "ide-hd", { bus: port, ...common });
    case "scsi":
      return optionList(cdrom ? "scsi-cd" : "scsi-hd", { bus: "ipa-br-scsi.0", ...common });
  }
}
