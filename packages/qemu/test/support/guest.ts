import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished, type TestContext } from "vitest";
import {
  type Architecture,
  findQemu,
  launch,
  type LaunchOptions,
  type Machine,
  type RunningMachine,
} from "../../src/index.js";
import { env } from "./env.js";
import { type InitramfsOptions, testInitramfs } from "./initramfs.js";
import { type KernelFlavour, moduleFiles, testKernel } from "./kernel.js";

/** No test depends on a guest being quick: this is for a host that is busy with five others. */
export const patience = { timeoutMs: 180_000 };

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(env["TMPDIR"] ?? "/tmp", "qemu-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Skips the test, with the reason, where QEMU is missing. */
export async function needQemu(context: TestContext, arch: Architecture = "x86_64"): Promise<void> {
  const missing = await findQemu({ arch, env }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  context.skip(missing !== undefined, missing);
}

/** A Linux, and the drivers that it loads. */
export type LinuxOptions = Omit<InitramfsOptions, "modules" | "architecture"> & {
  readonly kernel?: KernelFlavour;
  /** Names of drivers; they are loaded with what they depend on. */
  readonly drivers?: readonly string[];
};

/** The drivers for a network card and a disk of virtio's. */
export const virtioDrivers: readonly string[] = ["virtio_pci", "virtio_net", "virtio_blk"];

/** A machine with a Linux that shows a login prompt; skips the test, with the reason, where it cannot be had. */
export async function linuxMachine(context: TestContext, options: LinuxOptions = {}): Promise<Machine> {
  const arm = options.kernel === "cloud-arm64";
  const arch = arm ? "aarch64" : "x86_64";
  await needQemu(context, arch);
  const kernel = await testKernel(options.kernel);
  if ("unavailable" in kernel) return context.skip(kernel.unavailable);
  const modules = await moduleFiles(kernel.modules, options.drivers ?? []);
  const serial = options.console ?? (arm ? "ttyAMA0" : "ttyS0");
  const architecture = arm ? "arm64" : "amd64";
  const initramfs = await testInitramfs({ ...options, architecture, console: serial, modules });
  if ("unavailable" in initramfs) return context.skip(initramfs.unavailable);
  const initrd = join(await temporaryFolder(), "initramfs.cpio");
  await writeFile(initrd, initramfs.data);
  // On a busy host a PC's timer seems broken to a kernel that tries it, under KVM it does not try.
  const append = `console=${serial} panic=-1${arm ? "" : " no_timer_check"}`;
  return { arch, kernel: kernel.file, initrd, append, memory: arm ? 512 : 256 };
}

/** Launches under TCG unless said otherwise, and stops with the test. */
export async function started(machine: Machine, options: Partial<LaunchOptions> = {}): Promise<RunningMachine> {
  const running = await launch(machine, { env, accel: "tcg", ...options });
  onTestFinished(async () => void (await running.stop()));
  return running;
}
