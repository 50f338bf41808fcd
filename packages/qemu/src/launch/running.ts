import { createAgent } from "../agent/client.js";
import { machineSockets } from "../args/extras.js";
import { createDevices } from "../devices/hotplug.js";
import { screenshot } from "../screen/screenshot.js";
import { createConsole } from "../serial/console.js";
import type { OwnedProcess } from "../process/owned.js";
import type { QmpClient } from "../types/qmp.js";
import type {
  AccelerationVerdict,
  Command,
  Machine,
  QemuBinary,
  RunningMachine,
  SerialConsole,
  StopOptions,
  StoppedMachine,
} from "../types.js";

/** What a running machine is made from. */
export interface RunningParts {
  readonly machine: Machine;
  /** The machine's throw-away folder. */
  readonly folder: string;
  readonly process: OwnedProcess;
  readonly console: SerialConsole;
  readonly qmp: QmpClient;
  readonly command: Command;
  readonly binary: QemuBinary;
  readonly accel: AccelerationVerdict;
}

/** Milliseconds for each step of a stop. */
export const defaultGraceMs = 5000;

/** A console over a process' standard input and output, its clock at zero. */
export function processConsole(process: OwnedProcess): SerialConsole {
  const started = performance.now();
  const clock = (): number => Math.round(performance.now() - started);
  return createConsole({ input: process.stdin, output: process.stdout, exited: process.exited, clock });
}

/** The started machine. */
export function runningMachine(parts: RunningParts): RunningMachine {
  const { machine, folder, process, console, qmp, command, binary, accel } = parts;
  const { exited } = process;
  const devices = createDevices({ machine, qmp, exited });
  const socket = machine.guestAgent === true ? machineSockets(folder).agent : undefined;
  const whenStopped = async (): Promise<StoppedMachine> => {
    const exit = await exited;
    return { state: "stopped", exit, transcript: console.transcript, recording: console.recording };
  };
  return {
    state: "running",
    pid: process.pid,
    command,
    binary,
    accel,
    console,
    qmp,
    agent: createAgent({ socket, exited }),
    addDrive: (drive) => devices.addDrive(drive),
    addNic: (nic) => devices.addNic(nic),
    removeDevice: (id, options) => devices.remove(id, options),
    screenshot: () => screenshot(qmp, folder),
    exited,
    async powerDown(options): Promise<StoppedMachine> {
      // A machine that is gone already answers no more, and is what was asked for.
      await qmp.execute("system_powerdown").catch(() => undefined);
      const end = { description: "the guest to shut down", wait: whenStopped };
      return console.waitFor(end, options);
    },
    async stop({ graceMs = defaultGraceMs }: StopOptions = {}): Promise<StoppedMachine> {
      await endProcess(process, qmp, graceMs);
      return whenStopped();
    },
  };
}

/** Ends QEMU: by its own command, which closes its images in order; then SIGTERM, which does the same; then SIGKILL. */
export async function endProcess(process: OwnedProcess, qmp: QmpClient | undefined, graceMs: number): Promise<void> {
  const gone = process.exited.then(() => true);
  const terminate = (): void => process.kill("SIGTERM");
  const quit = (): void => void qmp?.execute("quit").catch(terminate);
  for (const step of qmp === undefined ? [terminate] : [quit, terminate]) {
    if (graceMs <= 0) break;
    step();
    if (await within(gone, graceMs)) return;
  }
  process.kill("SIGKILL");
}

/** True if the promise came within the time. */
async function within(promise: Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
