import { QemuError } from "../errors.js";
import { makeImages } from "../host/images.js";
import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import { type OwnedProcess, startOwned } from "../process/owned.js";
import { openRoom, type Room, roomName } from "../process/room.js";
import { connectQmp } from "../qmp/client.js";
import type { QmpClient } from "../types/qmp.js";
import { preparations } from "./preparations.js";
import { type ResolvedMachine, resolveMachine } from "./resolve.js";
import { defaultGraceMs, endProcess, processConsole, runningMachine } from "./running.js";
import { startError } from "./start-error.js";
import { startTpm, swtpmCommand } from "./tpm.js";
import type { AccelerationVerdict, Command, LaunchOptions, Machine, QemuBinary, RunningMachine } from "../types.js";

/** A machine and all that was found out about how to run it here. */
export interface LaunchPlan {
  readonly command: Command;
  /** What to run before the command, each to its end: makes disks, starts the TPM. `launch` does the like itself. */
  readonly prepare: readonly Command[];
  readonly binary: QemuBinary;
  readonly accel: AccelerationVerdict;
}

/** QMP over the socket that QEMU inherits: no file, no port, nobody else can connect, nothing is left behind. */
const controlArguments = ["-chardev", "socket,id=ipa-br-qmp,fd=3", "-mon", "chardev=ipa-br-qmp,mode=control"];

/**
 * Finds out how the machine would be launched here, and does not: for `--show-command`.
 * Errors: those of `launch` but `PORT_IN_USE` and `START_FAILED`.
 */
export async function planLaunch(machine: Machine, options: LaunchOptions): Promise<LaunchPlan> {
  const resolved = await resolveMachine(machine, options);
  const folder = roomName(options.env);
  const { binary, accel } = resolved;
  return { command: resolved.command(folder), prepare: await preparations(resolved, folder), binary, accel };
}

/**
 * Starts the machine and resolves when QEMU runs it, which is before the guest prints anything. The machine dies with
 * this program, however it ends.
 * Errors: `MACHINE_INVALID`, `IMAGE_NOT_FOUND`, `UEFI_NOT_FOUND`, `SWTPM_NOT_FOUND`, `QEMU_NOT_FOUND`, `QEMU_UNUSABLE`,
 * `KVM_UNUSABLE`, `PORT_IN_USE`, `START_FAILED`, `ABORTED`.
 */
export async function launch(machine: Machine, options: LaunchOptions): Promise<RunningMachine> {
  const resolved = await resolveMachine(machine, options);
  const { binary, accel } = resolved;
  await makeImages(machine.drives);
  throwIfAborted(options.signal);
  const room = openRoom(options.env);
  const command = resolved.command(room.folder);
  const process = await startInRoom(resolved, command, room, options);
  const console = processConsole(process);
  const forget = onAbort(options.signal, () => void endProcess(process, undefined, defaultGraceMs));
  void reportExit(process, options).finally(forget);
  const qmp = await controlled(process, command, options.signal);
  options.onEvent?.({ type: "started", pid: process.pid, command });
  return runningMachine({ machine, folder: room.folder, process, console, qmp, command, binary, accel });
}

/** Starts the TPM, if there is one, and QEMU. The room is closed when both have ended. */
async function startInRoom(
  { swtpm }: ResolvedMachine,
  command: Command,
  room: Room,
  options: LaunchOptions,
): Promise<OwnedProcess> {
  let tpm: OwnedProcess | undefined;
  const leave = async (): Promise<void> => {
    tpm?.kill("SIGKILL");
    await tpm?.exited;
    room.close();
  };
  try {
    if (swtpm !== undefined) tpm = await startTpm(swtpmCommand(swtpm, room.folder), room, options);
    const words: Command = { file: command.file, args: [...command.args, ...controlArguments] };
    // QEMU's own temporary files belong into the room too: it removes them, unless it is killed right then.
    const env = { ...options.env, TMPDIR: room.folder };
    const process = await startOwned(words, { env, control: true, room });
    const exited = process.exited.then(async (exit) => {
      await leave();
      return exit;
    });
    return { ...process, exited };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function reportExit(process: OwnedProcess, options: LaunchOptions): Promise<void> {
  // Outside of the optional call, which would not evaluate it, and so not wait, where nobody listens.
  const exit = await process.exited;
  options.onEvent?.({ type: "exited", exit });
}

/** The control channel, open as soon as QEMU has built the machine. */
async function controlled(
  process: OwnedProcess,
  command: Command,
  signal: AbortSignal | undefined,
): Promise<QmpClient> {
  if (process.control === undefined) throw new QemuError("INTERNAL", "QEMU was started without a control channel.");
  try {
    return await connectQmp(process.control);
  } catch {
    // The channel closes only when QEMU ends.
    const exit = await process.exited;
    if (signal?.aborted === true) throw abortError(signal);
    throw await startError(command, exit);
  }
}
