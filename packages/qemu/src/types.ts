import type { GuestAgent } from "./types/agent.js";
import type { QmpClient } from "./types/qmp.js";

/** Environment variables, handed in by the caller: this package reads none on its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the guest's processor is. */
export type Architecture = "x86_64" | "aarch64";

/** QEMU's machine types that are described here: `pc`, `q35` and `microvm` are x86_64, `virt` is aarch64. */
export type MachineType = "pc" | "q35" | "microvm" | "virt";

/** How the guest's instructions run: by the host's processor, or translated by QEMU. */
export type Accelerator = "kvm" | "tcg";

/** One port of the host that leads into the guest. */
export interface HostForward {
  readonly protocol?: "tcp" | "udp";
  /** The host's address to listen at; 127.0.0.1 unless said otherwise, so nobody else reaches the guest. */
  readonly hostAddress?: string;
  readonly hostPort: number;
  readonly guestPort: number;
}

/** A network card behind QEMU's user networking. */
export interface Nic {
  /** Unique among the machine's devices; `net0`, `net1`, ... unless said otherwise. */
  readonly id?: string;
  /** QEMU's device model: `e1000` on pc and q35, `virtio-net-device` on microvm, `virtio-net-pci` on virt unless said otherwise. */
  readonly model?: string;
  /** A fixed MAC address, `52:54:00:12:34:56`. */
  readonly mac?: string;
  readonly forwards?: readonly HostForward[];
  /** Only the forwards work, the guest reaches neither the host nor the network. */
  readonly isolated?: boolean;
  /** Where the firmware looks for something to start, lowest first; its own order unless said otherwise. */
  readonly bootIndex?: number;
}

/** A disk or a CD-ROM over an image file, or a blank disk. */
export type Drive = FileDrive | BlankDrive;

/** A drive over an image file on the host. */
export interface FileDrive extends DriveOptions {
  readonly file: string;
  /** Format of the file; `raw` unless said otherwise, since guessing lets a guest rewrite what its disk is. */
  readonly format?: "raw" | "qcow2";
  /** Writes go to an unnamed temporary file that is gone when QEMU ends, however it ends. */
  readonly throwAway?: boolean;
  /** Makes the file, with that many bytes of zeroes, where there is none; it takes room as it is written. */
  readonly createBytes?: number;
  readonly blankBytes?: undefined;
}

/** A disk full of zeroes that is gone when QEMU ends, however it ends; it takes room on the host as it is written. */
export interface BlankDrive extends DriveOptions {
  /** Its size: a multiple of the sector size. */
  readonly blankBytes: number;
  readonly file?: undefined;
}

/** What all drives have. */
export interface DriveOptions {
  /** Unique among the machine's devices; `disk0`, `disk1`, ... unless said otherwise. */
  readonly id?: string;
  /** What the disk hangs on; `virtio` unless said otherwise. `cdrom` is a read-only ATAPI or SCSI drive. */
  readonly bus?: "virtio" | "nvme" | "sata" | "scsi" | "cdrom";
  readonly readOnly?: boolean;
  /** Bytes per logical and physical sector; 512 unless said otherwise. */
  readonly sectorSize?: 512 | 4096;
  readonly serial?: string;
  /** Where the firmware looks for something to start, lowest first; its own order unless said otherwise. */
  readonly bootIndex?: number;
}

/** Where the first serial port leads: to the launching program, into a file, or to a socket that QEMU listens at. */
export type SerialPort = "stdio" | { readonly file: string } | { readonly socket: string };

/**
 * What firmware starts the machine: the machine type's own (the BIOS SeaBIOS on pc and q35, none on virt), the UEFI that
 * this host has for such machines (`findUefi`), or a UEFI by its images.
 */
export type Firmware = "default" | "uefi" | Uefi;

/** A UEFI for a machine's flash chips. */
export interface Uefi {
  /** The image that is run: `OVMF_CODE.fd`. */
  readonly uefiCode: string;
  /** What its variables (boot entries, keys) are at the start: `OVMF_VARS.fd`. */
  readonly uefiVariables?: string;
  /** True: the guest's changes to the variables stay in that file. Thrown away unless said otherwise. */
  readonly keepVariables?: boolean;
}

/** A TPM 2.0, which the program swtpm plays. */
export interface Tpm {
  /**
   * How the guest reaches it; `tis` unless said otherwise. `crb` is for x86_64 only, and not with UEFI under TCG: OVMF
   * 2022.11 on QEMU 7.2 does not come past it there.
   */
  readonly interface?: "crb" | "tis";
}

/** A machine, described. Nothing in it depends on the host but the files it names. */
export interface Machine {
  readonly arch: Architecture;
  /** `pc` for x86_64 and `virt` for aarch64 unless said otherwise. */
  readonly type?: MachineType;
  /** The kernel image to start, without a boot loader. */
  readonly kernel?: string;
  /** The initramfs; needs a kernel. */
  readonly initrd?: string;
  /** The kernel's command line; needs a kernel. */
  readonly append?: string;
  /** MiB of memory; 1024 unless said otherwise. */
  readonly memory?: number;
  /** Virtual processors; 1 unless said otherwise. */
  readonly cpus?: number;
  /** QEMU's CPU model; `host` with KVM and `max` with TCG unless said otherwise. */
  readonly cpu?: string;
  /** Network cards; none unless said otherwise. `[{}]` is one card with user networking. */
  readonly nics?: readonly Nic[];
  readonly drives?: readonly Drive[];
  readonly firmware?: Firmware;
  /** A TPM whose state is thrown away with the machine; none unless said otherwise. */
  readonly tpm?: boolean | Tpm;
  /** A port for qemu-ga in the guest, which `RunningMachine.agent` talks to; none unless said otherwise. */
  readonly guestAgent?: boolean;
  /** A graphics card, for `RunningMachine.screenshot`; none unless said otherwise. No window is opened. */
  readonly screen?: boolean;
  /** On q35 and virt: how many devices can be added while the machine runs; 0 unless said otherwise. A pc has room for some 25. */
  readonly hotplugPorts?: number;
  /** `stdio` unless said otherwise, which is what `launch` needs for its console. */
  readonly serial?: SerialPort;
  /** False: QEMU ends where the guest would restart (`-no-reboot`). True unless said otherwise. */
  readonly reboot?: boolean;
  /** Added behind all other arguments, as they are: for what this description cannot say. */
  readonly extraArguments?: readonly string[];
}

/** A program and its arguments, no shell between. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** A QEMU that was found and asked for its version. */
export interface QemuBinary {
  readonly path: string;
  readonly arch: Architecture;
  /** `7.2.22`. */
  readonly version: string;
}

/** Which accelerator to use on this host, and why not the better one. */
export interface AccelerationVerdict {
  readonly accel: Accelerator;
  /** Why KVM is not used, in one sentence; undefined where it is. */
  readonly reason: string | undefined;
  /** True if the verdict came out of the cache folder instead of a probe. */
  readonly remembered: boolean;
}

/** What happens while a machine is launched and runs. */
export type MachineEvent =
  | { readonly type: "acceleration"; readonly verdict: AccelerationVerdict }
  | { readonly type: "warning"; readonly code: "KVM_UNUSABLE"; readonly message: string }
  | { readonly type: "started"; readonly pid: number; readonly command: Command }
  | { readonly type: "exited"; readonly exit: MachineExit };

/** How a machine ended. */
export interface MachineExit {
  /** QEMU's exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** What QEMU itself complained about, bounded. */
  readonly stderr: string;
}

/** Limits of a wait. */
export interface WaitOptions {
  /** Milliseconds until `WAIT_TIMEOUT`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What a wait strategy sees of the machine. */
export interface WaitContext {
  /** What the guest printed since the last successful wait, escape sequences removed, lines ended by `\n`. */
  unread(): string;
  /** Marks the first `length` characters of `unread()` as read: the next wait begins behind them. */
  consume(length: number): void;
  /** Resolves when the guest printed something more. */
  changed(): Promise<void>;
  /** Aborted when the wait is over, whatever its result. */
  readonly signal: AbortSignal;
}

/** Something to wait for. `T` is what the wait results in. */
export interface WaitStrategy<T> {
  /** Completes the sentence "waited for ...". */
  readonly description: string;
  wait(context: WaitContext): Promise<T>;
}

/** Text that the guest printed at one moment. */
export interface RecordedOutput {
  /** Milliseconds since the machine was started. */
  readonly atMs: number;
  readonly text: string;
}

/** A command that ran in the guest. */
export interface ExecResult {
  readonly exitCode: number;
  /** Standard output and standard error as they came, lines ended by `\n`. */
  readonly output: string;
}

/** A person's terminal, or anything that behaves like its two ends. */
export interface AttachOptions {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(mode: boolean): unknown };
  /** `columns` and `rows` are the window's, where it is one. */
  readonly output: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly signal?: AbortSignal;
}

/** Why a terminal is no longer attached: the person left with Ctrl-a x, the machine ended, an end of the terminal is gone. */
export type AttachEnd = "left" | "machine-exited" | "input-ended" | "output-ended";

/** The guest's first serial port. */
export interface SerialConsole {
  /** What the guest printed so far as it came, escape sequences included; the oldest goes first when there is too much. */
  readonly transcript: string;
  /** The same with the moment of each piece. */
  readonly recording: readonly RecordedOutput[];
  /** The last lines of the screen, escape sequences removed. */
  screen(lines?: number): string;
  /** Calls the listener with every piece of output as it comes, from now on; the returned function ends that. */
  onOutput(listener: (text: string) => void): () => void;
  /** Types text into the guest. Errors: `MACHINE_EXITED`. */
  send(text: string): void;
  /** Waits until the guest prints a text or something that matches; results in the match. See `waitFor`. */
  expect(pattern: string | RegExp, options: WaitOptions): Promise<RegExpExecArray>;
  /** Waits until the strategy is content; a kernel panic or the machine's end fails at once. */
  waitFor<T>(strategy: WaitStrategy<T>, options: WaitOptions): Promise<T>;
  /** Logs in at a login prompt that is there or is to come. */
  login(credentials: { readonly user: string; readonly password?: string }, options: WaitOptions): Promise<void>;
  /** Runs a command in the guest's shell; somebody must be logged in. */
  exec(command: string, options: WaitOptions): Promise<ExecResult>;
  /**
   * Tells the guest's shell how large the terminal is, which a serial line cannot: somebody must be logged in, and the
   * guest needs `stty`. False if it has none.
   */
  resize(size: { readonly columns: number; readonly rows: number }, options: WaitOptions): Promise<boolean>;
  /**
   * Passes a person's terminal through until Ctrl-a x. Ctrl-a Ctrl-a sends a Ctrl-a; Ctrl-a r types the command into the
   * guest's shell that tells it the window's size. The terminal is restored whatever happens.
   */
  attach(options: AttachOptions): Promise<AttachEnd>;
}

/** A picture of the guest's screen. */
export interface Screenshot {
  /** A PNG file. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How to stop. */
export interface StopOptions {
  /** Milliseconds for each step (quit, then SIGTERM) before the next, harder one; 5000 unless said otherwise, 0 kills at once. */
  readonly graceMs?: number;
}

/** A machine that was started. */
export interface RunningMachine {
  readonly state: "running";
  readonly pid: number;
  /**
   * What runs; `quoteCommand` prints it for a shell. The control channel, a socket that only this program holds, is not
   * part of it, since a shell has none to hand over.
   */
  readonly command: Command;
  readonly binary: QemuBinary;
  readonly accel: AccelerationVerdict;
  readonly console: SerialConsole;
  readonly qmp: QmpClient;
  /** The guest agent of a machine described with `guestAgent`; see `GuestAgent`. */
  readonly agent: GuestAgent;
  /**
   * Plugs in a drive: virtio, nvme or scsi. Results in its id.
   * Errors: `MACHINE_INVALID`, `IMAGE_NOT_FOUND`, `QMP_FAILED`.
   */
  addDrive(drive: Drive): Promise<string>;
  /** Plugs in a network card. Results in its id. Errors: `MACHINE_INVALID`, `PORT_IN_USE`, `QMP_FAILED`. */
  addNic(nic: Nic): Promise<string>;
  /**
   * Asks the guest to let go of a device and resolves when it is gone: of one that was added, and on a pc also of a described
   * one on the PCI bus.
   * Errors: `WAIT_TIMEOUT` if the guest does not answer, `QMP_FAILED`, `ABORTED`.
   */
  removeDevice(id: string, options: WaitOptions): Promise<void>;
  /** What the graphics card shows, of a machine described with `screen`. Errors: `QMP_FAILED`. */
  screenshot(): Promise<Screenshot>;
  /** Resolves when QEMU ended, for whatever reason; never rejects. */
  readonly exited: Promise<MachineExit>;
  /**
   * Presses the power button and resolves when the machine is gone, which takes a guest that listens to it.
   * Errors: `WAIT_TIMEOUT`, after which the machine still runs; `ABORTED`.
   */
  powerDown(options: WaitOptions): Promise<StoppedMachine>;
  /**
   * Ends the machine, harder and harder, and resolves when it is gone. The guest is not asked, see `powerDown`.
   * Calling it again is harmless, and with a shorter grace makes it quicker.
   */
  stop(options?: StopOptions): Promise<StoppedMachine>;
}

/** A machine that is gone: what is left to look at. */
export interface StoppedMachine {
  readonly state: "stopped";
  readonly exit: MachineExit;
  readonly transcript: string;
  readonly recording: readonly RecordedOutput[];
}

/** What `launch` needs besides the machine. */
export interface LaunchOptions {
  /** PATH finds QEMU, TMPDIR places throw-away files; QEMU itself gets all of it. */
  readonly env: Environment;
  /** `auto` unless said otherwise: KVM where it really works, else TCG and a warning event. */
  readonly accel?: Accelerator | "auto";
  /** The QEMU to use instead of the one on PATH. */
  readonly binary?: QemuBinary;
  /** A folder where the verdict about KVM is remembered; without it every launch probes. */
  readonly cacheDir?: string;
  /** Aborting it stops the machine, at any time. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: MachineEvent) => void;
}
