import { QemuError } from "../errors.js";
import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import type { MachineExit, WaitOptions } from "../types.js";
import type { QmpClient } from "../types/qmp.js";

/** What a device is unplugged from. */
export interface UnpluggedMachine {
  readonly qmp: QmpClient;
  readonly exited: Promise<MachineExit>;
}

/**
 * Asks the guest to let go of a device and waits until QEMU has removed it: QEMU QMP Reference Manual, "device_del",
 * "DEVICE_DELETED", "DEVICE_UNPLUG_GUEST_ERROR".
 */
export async function unplug(target: UnpluggedMachine, id: string, options: WaitOptions): Promise<void> {
  const { timeoutMs, signal } = options;
  throwIfAborted(signal);
  const cleanups: (() => void)[] = [];
  const gone = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(notReleased(id, timeoutMs)), timeoutMs);
    cleanups.push(
      () => clearTimeout(timer),
      target.qmp.on("DEVICE_DELETED", ({ data }) => data.device === id && resolve()),
      target.qmp.on("DEVICE_UNPLUG_GUEST_ERROR", ({ data }) => data.device === id && reject(refused(id))),
      onAbort(signal, () => signal && reject(abortError(signal))),
    );
    void target.exited.finally(() => {
      reject(new QemuError("MACHINE_EXITED", `The machine ended before its guest let go of ${id}.`));
    });
  });
  // Nobody listens to it yet if the command below is refused.
  gone.catch(() => undefined);
  try {
    await target.qmp.execute("device_del", { id }).catch((error: QemuError) => {
      throw /does not support hotplugging/.test(error.message) ? fixed(id, error) : error;
    });
    await gone;
  } finally {
    for (const cleanup of cleanups) cleanup();
  }
}

function notReleased(id: string, timeoutMs: number): QemuError {
  return new QemuError(
    "WAIT_TIMEOUT",
    `Waited ${Math.round(timeoutMs) / 1000} s for the guest to let go of ${id} in vain.`,
    {
      hint: "Has the guest booted, and its kernel hot-plugging for PCI?",
      details: { id, timeoutMs },
    },
  );
}

function fixed(id: string, cause: QemuError): QemuError {
  return new QemuError("QMP_FAILED", `${id} cannot be removed while the machine runs: it is soldered on.`, {
    hint: "On q35 and virt only what is added later, into a hotplugPort, can be removed; or describe a pc.",
    details: cause.details,
    cause,
  });
}

function refused(id: string): QemuError {
  return new QemuError("QMP_FAILED", `The guest did not let go of ${id}.`, {
    hint: "Is it in use there?",
    details: { command: "device_del", id },
  });
}
