import { join } from "node:path";
import { ipaPreset, type PresetArchitecture } from "@ipa-br/preset-ipa";
import {
  type HostForward,
  launch,
  loginPrompt,
  type Machine,
  type MachineEvent,
  planLaunch,
  QemuError,
  quoteCommand,
  type RunningMachine,
} from "@ipa-br/qemu";
import { CliError } from "../errors.js";
import { type Io, note, print } from "../io.js";
import { inCompany } from "../machine/company.js";
import { resolveSettings, type Settings } from "../settings/resolve.js";
import { formatSeconds } from "../ui/format.js";
import { describeDevices, type DeviceOptions } from "./run-devices.js";
import { conductorForPeople } from "./image/company.js";
import { locateImages, type MachineOptions } from "./image/images.js";

/** What `run` takes beside the images, and the machine that they boot in. */
export type RunOptions = MachineOptions &
  DeviceOptions & {
    /** With `iso`; a kernel tells its own. */
    readonly arch?: PresetArchitecture;
    readonly forward?: readonly string[];
    readonly showCommand?: boolean;
    readonly untilLogin?: boolean;
    readonly attach?: boolean;
    /** A conductor beside the machine, at this port or at any. */
    readonly conductor?: number | true;
    /** Seconds. */
    readonly timeout?: number;
  };

/**
 * `ipa-br run`: boots the images in QEMU with the serial console on this terminal.
 * @throws CliError IMAGES_MISSING, LOGIN_NOT_SEEN, SETTING_INVALID; QemuError
 */
export async function run(io: Io, options: RunOptions): Promise<void> {
  const settings = await resolveSettings(io, options);
  checkKernelWords(options);
  const machine = describeMachine(io, settings, options);
  const company =
    options.conductor === undefined
      ? undefined
      : await conductorForPeople(io, options.conductor === true ? 0 : options.conductor);
  try {
    await boot(io, settings, company === undefined ? machine : inCompany(machine, company), options);
  } finally {
    await company?.conductor.stop();
  }
}

/**
 * An ISO's boot loader has a command line of its own, which nobody can add to from outside.
 * @throws CliError SETTING_INVALID
 */
function checkKernelWords({ iso, kernel, append, conductor }: RunOptions): void {
  if (iso === undefined || kernel !== undefined) return;
  const option = append === undefined ? (conductor === undefined ? undefined : "--conductor") : "--append";
  if (option === undefined) return;
  throw new CliError("SETTING_INVALID", `${option} goes onto the kernel's command line, which an ISO brings itself`, {
    hint: `${option} without --iso, or with --kernel FILE --initrd FILE beside it`,
  });
}

async function boot(io: Io, settings: Settings, machine: Machine, options: RunOptions): Promise<void> {
  const launching = {
    env: io.env,
    accel: options.accel ?? "auto",
    cacheDir: join(settings.cacheDir, "acceleration"),
    signal: io.signal,
    onEvent: (event: MachineEvent) => tell(io, event),
  };
  if (options.showCommand === true) {
    const { prepare, command } = await planLaunch(machine, launching);
    for (const line of [...prepare, command]) print(io, quoteCommand(line));
    return;
  }
  const running = await launch(machine, launching);
  try {
    if (options.untilLogin === true) await untilLogin(io, running, options.timeout ?? 300);
    if (options.untilLogin !== true || options.attach === true) await handOver(io, running);
  } finally {
    await running.stop();
  }
}

/** The manual flow's machine: 1 GiB, an e1000 card (virtio's on Arm) with user networking, kernel and initramfs; or what an ISO starts. */
function describeMachine(io: Io, settings: Settings, options: RunOptions): Machine {
  const images =
    options.iso !== undefined && options.kernel === undefined ? undefined : locateImages(io, settings, options);
  const arch = images?.arch ?? options.arch ?? "x86_64";
  const { kernelArguments, nic } = ipaPreset.machines[arch];
  const first = { model: options.nic ?? nic, forwards: (options.forward ?? []).map(parseForward) };
  const machine = {
    arch,
    ...describeDevices(io, options, first),
    memory: options.memory ?? ipaPreset.memoryMiB,
    cpus: options.cpus ?? 1,
    reboot: options.untilLogin !== true,
  } as const;
  if (images === undefined) return machine;
  const { kernel, initramfs } = images;
  const append = [...kernelArguments, ...(options.append === undefined ? [] : [options.append])].join(" ");
  return { ...machine, kernel, initrd: initramfs, append };
}

/**
 * Reads `[tcp:|udp:]HOSTPORT:GUESTPORT`.
 * @throws CliError SETTING_INVALID
 */
export function parseForward(text: string): HostForward {
  const match = /^(?:(tcp|udp):)?(\d{1,5}):(\d{1,5})$/.exec(text);
  const [hostPort, guestPort] = [Number(match?.[2]), Number(match?.[3])];
  if (match === null || hostPort > 65_535 || guestPort > 65_535 || hostPort === 0 || guestPort === 0) {
    throw new CliError("SETTING_INVALID", `"${text}" is not of the form [tcp:|udp:]HOSTPORT:GUESTPORT`, {
      hint: "--forward 2222:22",
    });
  }
  return { protocol: match[1] === "udp" ? "udp" : "tcp", hostPort, guestPort };
}

function tell(io: Io, event: MachineEvent): void {
  if (event.type === "warning") note(io, `warning: ${event.message}`);
  if (event.type === "started") note(io, `Started QEMU, process ${event.pid}`);
}

/** Shows the boot and returns at the login prompt. */
async function untilLogin(io: Io, running: RunningMachine, seconds: number): Promise<void> {
  const startedAt = performance.now();
  const endShow = running.console.onOutput((text) => io.stdout.write(text));
  try {
    await running.console.waitFor(loginPrompt(), { timeoutMs: seconds * 1000, signal: io.signal });
  } catch (cause) {
    if (QemuError.is(cause) && cause.code === "MACHINE_EXITED") {
      throw new CliError("LOGIN_NOT_SEEN", "the machine ended before its login prompt", {
        hint: "the console above tells why; ipa-br run --show-command prints the QEMU line",
        cause,
      });
    }
    throw cause;
  } finally {
    endShow();
  }
  const took = (performance.now() - startedAt) / 1000;
  print(io, `\nLogin prompt after ${formatSeconds(took)} (${running.accel.accel}).`);
}

/** Gives the console to whoever is at the other end. */
async function handOver(io: Io, running: RunningMachine): Promise<void> {
  if (io.stdin.isTTY !== true) return follow(io, running);
  note(io, "Ctrl-a x leaves and ends the machine; Ctrl-a r tells the guest's shell this window's size.");
  if (running.console.transcript !== "") running.console.send("\n");
  await running.console.attach({ input: io.stdin, output: io.stdout, signal: io.signal });
}

/** Without a terminal: shows the console until the machine ends, and types what comes in; the end of the input ends nothing. */
async function follow(io: Io, running: RunningMachine): Promise<void> {
  const endShow = running.console.onOutput((text) => io.stdout.write(text));
  let ended = false;
  const type = (chunk: Buffer) => {
    if (!ended) running.console.send(chunk.toString());
  };
  io.stdin.on("data", type);
  await running.exited;
  ended = true;
  io.stdin.off("data", type);
  endShow();
}
