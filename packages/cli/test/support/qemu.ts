import { findQemu } from "@ipa-br/qemu";
import type { TestContext } from "vitest";

/** Skips the test, with the reason, where QEMU is missing. */
export async function needQemu(context: TestContext): Promise<void> {
  const missing = await findQemu({ arch: "x86_64", env: process.env }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  context.skip(missing !== undefined, missing);
}

/** A machine that has what Debian's kernel has drivers for, on any host. */
export const machineOptions: readonly string[] = ["--nic", "virtio-net-pci", "--memory", "1536", "--accel", "tcg"];
