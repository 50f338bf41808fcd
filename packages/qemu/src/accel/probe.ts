import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { capture, type Captured } from "../process/capture.js";
import { cpuTime } from "../process/cpu-time.js";
import { openRoom } from "../process/room.js";
import type { Accelerator, Command, Environment, QemuBinary } from "../types.js";
import { probeExitCode, probeRom, probeStages } from "./probe-rom.js";

/** What the probe guest showed. */
export interface ProbeResult {
  /** Why the accelerator is no good, in one sentence; undefined if it works. */
  readonly reason: string | undefined;
  /** False if another try might show something else: the host was too busy to tell. */
  readonly certain: boolean;
}

/**
 * When the probe guest is given up.
 *
 * It needs some 20 ms of processor time where KVM works: 40 million simple instructions, which run at the processor's
 * own speed however slow entering and leaving the guest is (nested virtualization makes exits 10 to 100 times dearer,
 * and there are about 40 of them), and 10 ms of waiting for a timer. A KVM that emulates each instruction, as one
 * without the processor's help does, needs 10 s and more; a kernel under it takes hours.
 * So the limit is on processor time, a hundred times what a working KVM needs: a busy host delays that, but does not
 * use it up. Elapsed time is limited too, for a guest that sleeps forever; where nothing but that is known, the
 * verdict is not certain.
 */
export const probeLimits: ProbeLimits = { cpuMs: 2000, elapsedMs: 8000 };

/** Milliseconds of processor time and of elapsed time. */
export interface ProbeLimits {
  readonly cpuMs: number;
  readonly elapsedMs: number;
}

/** What the probe needs. */
export interface ProbeOptions {
  readonly env: Environment;
  readonly signal?: AbortSignal;
  readonly limits?: ProbeLimits;
}

/** Runs the probe guest (probe.S) under an accelerator. Errors: `QEMU_UNUSABLE`, `START_FAILED`, `ABORTED`. */
export async function probe(binary: QemuBinary, accel: Accelerator, options: ProbeOptions): Promise<ProbeResult> {
  const room = openRoom(options.env);
  try {
    const rom = join(room.folder, "probe.rom");
    await writeFile(rom, probeRom());
    const command = probeCommand(binary.path, accel, rom);
    const { cpuMs, elapsedMs } = options.limits ?? probeLimits;
    const answer = await capture(command, {
      env: options.env,
      room,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      async giveUp({ pid, elapsedMs: elapsed, stderr }) {
        // QEMU stops the guest then, but does not end (accel/kvm/kvm-all.c, kvm_handle_internal_error()).
        if (stderr.includes("KVM internal error")) return "internal error";
        if (((await cpuTime(pid)) ?? 0) > cpuMs) return "slow";
        return elapsed > elapsedMs ? "silent" : undefined;
      },
    });
    return judge(answer);
  } finally {
    room.close();
  }
}

function probeCommand(binary: string, accel: Accelerator, rom: string): Command {
  const cpu = accel === "kvm" ? "host" : "max";
  const machine = "-no-user-config -nodefaults -machine pc -m 16 -display none -monitor none -no-reboot";
  const devices = "-debugcon stdio -device isa-debug-exit,iobase=0xf4,iosize=1";
  return {
    file: binary,
    args: [...machine.split(" "), ...devices.split(" "), "-accel", accel, "-cpu", cpu, "-bios", rom],
  };
}

/** Stages by the letter that ends them (probe.S). */
const stageNames: Readonly<Record<string, string>> = {
  r: "its first instruction",
  p: "entering protected mode",
  m: "setting model-specific registers",
  l: "entering long mode",
  c: "cpuid and rdtsc",
  e: "taking an exception",
  i: "taking timer interrupts",
  a: "plain arithmetic",
};

function judge(answer: Captured): ProbeResult {
  const reached = answer.stdout;
  if (answer.code === probeExitCode && reached === probeStages) return { reason: undefined, certain: true };
  const stage = stageNames[probeStages[reached.length] ?? ""] ?? "ending";
  switch (answer.gaveUp) {
    case "internal error":
      return { reason: `KVM failed with an internal error when a small guest came to ${stage}`, certain: true };
    case "slow":
      return { reason: `KVM was far too slow for a small guest at ${stage}: it seems to emulate`, certain: true };
    case "silent":
      return { reason: `a small guest under KVM did not come past ${stage}`, certain: false };
    default: {
      const complaint = firstComplaint(answer.stderr);
      return { reason: `QEMU ended at once under KVM: ${complaint ?? `exit code ${answer.code}`}`, certain: true };
    }
  }
}

/** QEMU's first complaint without the program's name. */
export function firstComplaint(stderr: string): string | undefined {
  const line = stderr.split("\n").find((text) => text.trim() !== "" && !/: warning:/.test(text));
  return line?.replace(/^\S*qemu-system-\S+: /, "").trim();
}
