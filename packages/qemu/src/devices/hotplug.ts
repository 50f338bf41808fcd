import type { Device } from "../args/device.js";
import { driveBackend, driveBus, driveDevice, scsiController } from "../args/drive.js";
import { driveIds, nicIds } from "../args/ids.js";
import { machineType } from "../args/machine.js";
import { forwardRule, nicDevice } from "../args/net.js";
import { checkDrive, checkForwards, checkId, checkNic } from "../args/validate.js";
import { QemuError } from "../errors.js";
import { forwardError } from "../host/forward-error.js";
import { checkImages, makeImages } from "../host/images.js";
import type { Drive, Machine, MachineExit, Nic, WaitOptions } from "../types.js";
import type { QmpClient } from "../types/qmp.js";
import { unplug } from "./unplug.js";
import { createSlots } from "./slots.js";

/** The devices of a running machine. */
export interface Devices {
  addDrive(drive: Drive): Promise<string>;
  addNic(nic: Nic): Promise<string>;
  remove(id: string, options: WaitOptions): Promise<void>;
}

/** What devices are plugged into. */
export interface PluggedMachine {
  readonly machine: Machine;
  readonly qmp: QmpClient;
  readonly exited: Promise<MachineExit>;
}

/** Adds devices to a running machine and removes them, those of its description too. */
export function createDevices({ machine, qmp, exited }: PluggedMachine): Devices {
  const type = machineType(machine);
  const slots = createSlots(machine);
  const nics = new Set(nicIds(machine));
  const drives = new Set(driveIds(machine));
  let controller = (machine.drives ?? []).some((drive) => driveBus(drive, type) === "scsi");

  const newId = (given: string | undefined, kind: string): string => {
    const used = (id: string): boolean => nics.has(id) || drives.has(id);
    let count = 0;
    while (given === undefined && used(`${kind}${count}`)) count += 1;
    const id = given ?? `${kind}${count}`;
    checkId(id, used(id));
    return id;
  };
  const plug = async ({ driver, properties }: Device): Promise<void> => {
    await qmp.execute("device_add", { driver, ...properties, id: String(properties["id"]) });
  };
  /** Puts a device into a place of its own, which is free again if that fails. */
  const plugIntoSlot = async (id: string, device: (port: string | undefined) => Device): Promise<void> => {
    const port = slots.take(id);
    try {
      await plug(device(port));
    } catch (error) {
      slots.free(id);
      throw error;
    }
  };
  const ensureController = async (): Promise<void> => {
    if (controller) return;
    const { driver, properties } = scsiController;
    await plugIntoSlot("ipa-br-scsi", (bus) => ({ driver, properties: { ...properties, bus } }));
    controller = true;
  };

  return {
    async addDrive(drive) {
      checkDrive(drive, machine);
      const bus = driveBus(drive, type);
      if (bus === "sata") {
        throw new QemuError("MACHINE_INVALID", "A SATA drive cannot be added to a running machine in QEMU.", {
          hint: "Use virtio, nvme or scsi.",
        });
      }
      const id = newId(drive.id, "disk");
      await checkImages({ arch: machine.arch, drives: [drive] });
      await makeImages([drive]);
      drives.add(id);
      try {
        await addBackend(qmp, driveBackend(drive, id));
        if (bus === "scsi") await ensureController();
        if (bus === "scsi") await plug(driveDevice(drive, id, type));
        else await plugIntoSlot(id, (port) => driveDevice(drive, id, type, port));
      } catch (error) {
        drives.delete(id);
        await monitor(qmp, `drive_del ${id}`).catch(() => undefined);
        throw error;
      }
      return id;
    },
    async addNic(nic) {
      checkNic(nic);
      checkForwards(nic.forwards ?? []);
      const id = newId(nic.id, "net");
      nics.add(id);
      let backend = false;
      try {
        const hostfwd = (nic.forwards ?? []).map((forward) => ({ str: forwardRule(forward) }));
        await qmp
          .execute("netdev_add", { type: "user", id, restrict: nic.isolated === true, hostfwd })
          .catch(async (error: Error) => {
            throw (await forwardError(error.message)) ?? error;
          });
        backend = true;
        await plugIntoSlot(id, (port) =>
          nicDevice(nic, id, type, { bootRom: false, ...(port === undefined ? {} : { port }) }),
        );
      } catch (error) {
        nics.delete(id);
        if (backend) await qmp.execute("netdev_del", { id }).catch(() => undefined);
        throw error;
      }
      return id;
    },
    async remove(id, options) {
      await unplug({ qmp, exited }, id, options);
      slots.free(id);
      drives.delete(id);
      // What is behind a drive goes with it, what is behind a card does not.
      if (nics.delete(id)) await qmp.execute("netdev_del", { id });
    },
  };
}

/**
 * What is behind a drive, by the same words as at the start: the human monitor's command takes those of `-drive`, and
 * the machine protocol has nothing like them, a throw-away overlay above all.
 */
async function addBackend(qmp: QmpClient, words: string): Promise<void> {
  const answer = await monitor(qmp, `drive_add 0 ${monitorWord(words)}`);
  if (answer.trim() === "OK") return;
  throw new QemuError("QMP_FAILED", `QEMU refused the drive: ${answer.trim()}`, {
    hint: "Is the file of that format, and in no other machine's use?",
    details: { command: "drive_add", words },
  });
}

function monitor(qmp: QmpClient, line: string): Promise<string> {
  return qmp.execute("human-monitor-command", { "command-line": line });
}

/** One word for the human monitor (QEMU, monitor/hmp.c, get_str()). */
function monitorWord(word: string): string {
  return `"${word.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
}
