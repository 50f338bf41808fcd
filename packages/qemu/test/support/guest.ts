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
import { testKernel, virtioModules } from "./kernel.js";

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

/** A Linux, with drivers for virtio's devices if that is asked for. */
export type LinuxOptions = InitramfsOptions & { readonly virtio?: boolean };

/** A machine with a Linux that shows a login prompt; skips the test, with the reason, where it cannot be had. */
export async function linuxMachine(context: TestContext, options: LinuxOptions = {}): Promise<Machine> {
  await needQemu(context);
  const kernel = await testKernel();
  if ("unavailable" in kernel) return context.skip(kernel.unavailable);
  const modules = options.virtio === true ? virtioModules.map((name) => join(kernel.modules, name)) : [];
  const initramfs = await testInitramfs({ modules, ...options });
  if ("unavailable" in initramfs) return context.skip(initramfs.unavailable);
  const initrd = join(await temporaryFolder(), "initramfs.cpio");
  await writeFile(initrd, initramfs.data);
  const serial = options.console ?? "ttyS0";
  return { arch: "x86_64", kernel: kernel.file, initrd, append: `console=${serial} panic=-1`, memory: 256 };
}

/** Launches under TCG unless said otherwise, and stops with the test. */
export async function started(machine: Machine, options: Partial<LaunchOptions> = {}): Promise<RunningMachine> {
  const running = await launch(machine, { env, accel: "tcg", ...options });
  onTestFinished(async () => void (await running.stop()));
  return running;
}
