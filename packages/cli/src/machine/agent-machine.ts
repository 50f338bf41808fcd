import { ConductorError, type MachineUnderTest, type StartedMachine, type StartRequest } from "@ipa-br/conductor";
import { ipaPreset, type PresetArchitecture } from "@ipa-br/preset-ipa";
import {
  type Accelerator,
  type Environment,
  launch,
  type Machine,
  type MachineEvent,
  QemuError,
  type RunningMachine,
} from "@ipa-br/qemu";
import { AgentEnd } from "./agent-end.js";
import { freePort } from "./free-port.js";
import { ScratchDisk } from "./scratch-disk.js";

/** The images to boot, and in what. */
export interface AgentMachineOptions {
  /** `x86_64` unless said otherwise. */
  readonly arch?: PresetArchitecture;
  readonly kernel: string;
  readonly initramfs: string;
  /** MiB; what the preset says unless said otherwise. */
  readonly memory?: number;
  /** Two unless said otherwise: the agent and the system under it. */
  readonly cpus?: number;
  /** QEMU's model of the network card; the preset's for the architecture unless said otherwise. */
  readonly nic?: string;
  /** Bytes of the disk; 4.5 GiB unless said otherwise: below 4 GiB the agent takes none. */
  readonly diskBytes?: number;
  /** More kernel arguments, behind all others. */
  readonly append?: string;
  /**
   * Start with this host's UEFI. An Arm machine without it has no table of its processors' sockets, which the agent counts: it ends.
   */
  readonly uefi?: boolean;
  readonly accel?: Accelerator | "auto";
  /** Where the verdict about KVM is remembered. */
  readonly cacheDir?: string;
  readonly env: Environment;
  readonly onEvent?: (event: MachineEvent) => void;
  /** Told what the machine prints. */
  readonly onOutput?: (text: string) => void;
}

/** The address of the machine's card; the agent leaves out those that begin with fa. */
export const agentMac = "52:54:00:12:34:56";

/** The host as a machine behind QEMU's user networking reaches it. */
export const hostInGuest = "10.0.2.2";

/** Where the agent listens in the machine. */
const agentPort = 9999;

/** What systemd's journal hears is told on the console: who watches it sees why an agent ends. */
const journal = "systemd.journald.forward_to_console=1";

/** How often another port is taken where somebody was quicker. */
const portAttempts = 3;

/**
 * A virtual machine that an agent is tested in: a disk that goes with it, and the agent's port forwarded, for which it
 * makes its certificate.
 */
export function agentMachine(node: string, options: AgentMachineOptions): MachineUnderTest {
  let disk: ScratchDisk | undefined;
  return {
    description: `a virtual machine with ${options.kernel} and ${options.initramfs}`,
    node,
    disposable: true,
    async start(request) {
      const own = await ScratchDisk.make(options.diskBytes ?? 4.5 * 2 ** 30, options.env);
      disk = own;
      try {
        const running = await launchAgent(request, own.path, options);
        await own.forgetName();
        return started(running, own, options);
      } catch (error) {
        await own.close();
        throw error;
      }
    },
    async readDisk(bytes) {
      return disk === undefined ? new Uint8Array() : disk.read(bytes);
    },
  };
}

/** Launches the machine with its agent's port forwarded from one that is free. */
async function launchAgent(request: StartRequest, disk: string, options: AgentMachineOptions): Promise<RunningMachine> {
  const { env, accel = "auto", cacheDir, onEvent } = options;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const machine = describeAgentMachine(options, [journal, ...agentArguments(request, port)], port);
    try {
      return await launch(
        { ...machine, drives: [{ file: disk }], reboot: false },
        {
          ...{ env, accel },
          ...(cacheDir === undefined ? {} : { cacheDir }),
          ...(request.signal === undefined ? {} : { signal: request.signal }),
          ...(onEvent === undefined ? {} : { onEvent }),
        },
      );
    } catch (error) {
      if (attempt === portAttempts || !QemuError.is(error) || error.code !== "PORT_IN_USE") throw error;
    }
  }
}

/** What the agent is told by the kernel's command line. */
export function agentArguments({ apiUrl, inspectionUrl }: StartRequest, port: number): readonly string[] {
  return [
    `ipa-api-url=${apiUrl}`,
    "ipa-advertise-host=127.0.0.1",
    `ipa-advertise-port=${port}`,
    ...(inspectionUrl === undefined ? [] : [`ipa-inspection-callback-url=${inspectionUrl}`]),
  ];
}

/** The machine without its disk, and more words for its kernel's command line. A panic ends it. */
export function describeAgentMachine(options: AgentMachineOptions, more: readonly string[], port: number): Machine {
  const { arch = "x86_64", kernel, initramfs, memory = ipaPreset.memoryMiB, cpus = 2, append } = options;
  const { kernelArguments, nic } = ipaPreset.machines[arch];
  const words = [...kernelArguments, "panic=-1", ...more];
  return {
    ...{ arch, kernel, initrd: initramfs, memory, cpus },
    ...(options.uefi === true ? { firmware: "uefi" } : {}),
    append: [...words, ...(append === undefined ? [] : [append])].join(" "),
    nics: [{ model: options.nic ?? nic, mac: agentMac, forwards: [{ hostPort: port, guestPort: agentPort }] }],
  };
}

function started(running: RunningMachine, disk: ScratchDisk, { onOutput }: AgentMachineOptions): StartedMachine {
  const { console } = running;
  const end = new AgentEnd();
  console.onOutput((text) => {
    end.add(text);
    onOutput?.(text);
  });
  const panic = panicOf(running);
  const ended = end.seen.then(
    (line) =>
      new ConductorError("AGENT_ENDED", `The agent in the machine ended: ${line}`, {
        hint: "What it printed before says why.",
      }),
  );
  // A panic ends QEMU too: its trace is told first.
  const exited = Promise.all([running.exited, panic.settled]).then(() => end.close());
  return {
    exited,
    failed: Promise.race([panic.seen, ended]),
    log: () => console.screen(200),
    async stop() {
      await running.stop();
      await disk.close().catch(() => {});
    },
  };
}

/** The panic of the machine's kernel: `seen` resolves with it if it comes, `settled` when it has come or cannot come. */
function panicOf(running: RunningMachine): { readonly seen: Promise<Error>; readonly settled: Promise<void> } {
  const forever = 2 ** 31 - 1;
  const watch = { description: "its end", wait: () => new Promise<never>(() => {}) };
  const waiting: Promise<unknown> = running.console
    .waitFor(watch, { timeoutMs: forever })
    .catch((error: unknown) => error);
  const seen = new Promise<Error>((resolve) => {
    void waiting.then((error) => QemuError.is(error) && error.code === "KERNEL_PANIC" && resolve(error));
  });
  return { seen, settled: waiting.then(() => undefined) };
}
