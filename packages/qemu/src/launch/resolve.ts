import { detectAcceleration } from "../accel/detect.js";
import { machineCommand } from "../args/machine.js";
import { validateMachine } from "../args/validate.js";
import { QemuError } from "../errors.js";
import { findQemu } from "../host/find-binary.js";
import { findUefi } from "../host/find-uefi.js";
import { checkImages } from "../host/images.js";
import { throwIfAborted } from "../process/abort.js";
import type { AccelerationVerdict, Command, LaunchOptions, Machine, QemuBinary } from "../types.js";
import { findSwtpm } from "./tpm.js";

/** A machine with everything found that it takes from this host. */
export interface ResolvedMachine {
  readonly machine: Machine;
  readonly binary: QemuBinary;
  readonly accel: AccelerationVerdict;
  /** The program that plays the TPM, if there is one. */
  readonly swtpm: string | undefined;
  /** QEMU's line with its sockets in a folder. */
  command(folder: string): Command;
}

/** Checks the description and finds what it takes; starts nothing but the probe for KVM. */
export async function resolveMachine(described: Machine, options: LaunchOptions): Promise<ResolvedMachine> {
  throwIfAborted(options.signal);
  validateMachine(described);
  const { env } = options;
  const firmware = described.firmware === "uefi" ? await findUefi(described, { env }) : described.firmware;
  const machine = firmware === undefined ? described : { ...described, firmware };
  await checkImages(machine);
  const swtpm = machine.tpm === undefined || machine.tpm === false ? undefined : await findSwtpm(env);
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const binary = options.binary ?? (await findQemu({ arch: machine.arch, env, ...signal }));
  const accel = await chooseAcceleration(binary, options);
  const command = (folder: string): Command =>
    machineCommand(machine, { binary: binary.path, accel: accel.accel, folder });
  return { machine, binary, accel, swtpm, command };
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
