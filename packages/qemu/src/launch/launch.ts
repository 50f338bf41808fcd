import { detectAcceleration } from "../accel/detect.js";
import { machineCommand } from "../args/machine.js";
import { validateMachine } from "../args/validate.js";
import { QemuError } from "../errors.js";
import { findQemu } from "./find-binary.js";
import { checkImages } from "./images.js";
import { abortError, onAbort, throwIfAborted } from "../process/abort.js";
import { type OwnedProcess, startOwned } from "../process/owned.js";
import { connectQmp } from "../qmp/client.js";
import type { QmpClient } from "../types/qmp.js";
import { defaultGraceMs, endProcess, processConsole, runningMachine } from "./running.js";
import { startError } from "./start-error.js";
import type { AccelerationVerdict, Command, LaunchOptions, Machine, QemuBinary, RunningMachine } from "../types.js";

/** A machine and all that was found out about how to run it here. */
export interface LaunchPlan {
  readonly command: Command;
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
  throwIfAborted(options.signal);
  validateMachine(machine);
  await checkImages(machine);
  const { env } = options;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const binary = options.binary ?? (await findQemu({ arch: machine.arch, env, ...signal }));
  const accel = await chooseAcceleration(binary, options);
  return { command: machineCommand(machine, { binary: binary.path, accel: accel.accel }), binary, accel };
}

/**
 * Starts the machine and resolves when QEMU runs it, which is before the guest prints anything. The machine dies with
 * this program, however it ends.
 * Errors: `MACHINE_INVALID`, `IMAGE_NOT_FOUND`, `QEMU_NOT_FOUND`, `QEMU_UNUSABLE`, `KVM_UNUSABLE`, `PORT_IN_USE`,
 * `START_FAILED`, `ABORTED`.
 */
export async function launch(machine: Machine, options: LaunchOptions): Promise<RunningMachine> {
  const plan = await planLaunch(machine, options);
  const { command, binary, accel } = plan;
  throwIfAborted(options.signal);
  const started: Command = { file: command.file, args: [...command.args, ...controlArguments] };
  const process = await startOwned(started, { env: options.env, control: true });
  const console = processConsole(process);
  const forget = onAbort(options.signal, () => void endProcess(process, undefined, defaultGraceMs));
  void reportExit(process, options).finally(forget);
  const qmp = await controlled(process, command, options.signal);
  options.onEvent?.({ type: "started", pid: process.pid, command });
  return runningMachine({ process, console, qmp, command, binary, accel });
}

async function reportExit(process: OwnedProcess, options: LaunchOptions): Promise<void> {
  // Outside of the optional call, which would not evaluate it, and so not wait, where nobody listens.
  const exit = await process.exited;
  options.onEvent?.({ type: "exited", exit });
}

async function chooseAcceleration(binary: QemuBinary, options: LaunchOptions): Promise<AccelerationVerdict> {
  const wanted = options.accel ?? "auto";
  if (wanted === "tcg") return { accel: "tcg", reason: undefined, remembered: false };
  const verdict = await detectAcceleration({ ...options, binary });
  if (verdict.reason !== undefined && wanted === "kvm") {
    throw new QemuError("KVM_UNUSABLE", `KVM does not work here: ${verdict.reason}.`, {
      hint: "Let acceleration be chosen (auto), or ask for tcg: slower, and works everywhere.",
      details: { reason: verdict.reason },
    });
  }
  options.onEvent?.({ type: "acceleration", verdict });
  if (verdict.reason !== undefined) {
    const message = `The machine runs without KVM, several times slower: ${verdict.reason}.`;
    options.onEvent?.({ type: "warning", code: "KVM_UNUSABLE", message });
  }
  return verdict;
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
