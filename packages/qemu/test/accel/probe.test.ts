import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { probe } from "../../src/accel/probe.js";
import { probeRom, probeStages } from "../../src/accel/probe-rom.js";
import { findQemu, type QemuBinary } from "../../src/index.js";
import { env } from "../support/env.js";
import { fakeProgram } from "../support/fake-program.js";
import { needQemu, temporaryFolder } from "../support/guest.js";

const [assembler, extractor] = ["as", "objcopy"] as const;
const source = fileURLToPath(new URL("../../src/accel/probe.S", import.meta.url));

it("carries the bytes of probe.S", async (context) => {
  context.skip(process.arch !== "x64", "the assembler of another architecture");
  const folder = await temporaryFolder();
  const output = join(folder, "probe.bin");
  try {
    execFileSync(assembler, ["-o", join(folder, "probe.o"), source]);
    execFileSync(extractor, ["-O", "binary", "-j", ".text", join(folder, "probe.o"), output]);
  } catch (error) {
    context.skip((error as NodeJS.ErrnoException).code === "ENOENT", "no assembler here (binutils)");
    throw error;
  }
  expect(Buffer.from(probeRom()).equals(await readFile(output))).toBe(true);
});

it("comes to its end under TCG, which is known to work", { timeout: 120_000 }, async (context) => {
  await needQemu(context);
  const folder = await temporaryFolder();
  const binary = await findQemu({ arch: "x86_64", env });
  const limits = { cpuMs: 60_000, elapsedMs: 100_000 };
  const result = await probe(binary, "tcg", { env: { ...env, TMPDIR: folder }, limits });
  expect(result).toEqual({ reason: undefined, certain: true });
  expect(await readdir(folder)).toEqual([]);
});

/** A QEMU that behaves as the script says; it reports through its standard output, as the probe guest does. */
async function behaving(script: string): Promise<{ binary: QemuBinary; folder: string }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "tmp"));
  return { folder, binary: { path: await fakeProgram(folder, "qemu", script), arch: "x86_64", version: "7.2.22" } };
}

it.each([
  ["works", `printf ${probeStages}; exit 99`, undefined],
  [
    "ends at once on a model-specific register",
    "echo 'qemu-system-x86_64: error: failed to set MSR 0x10a to 0xc000' >&2; kill -ABRT $$",
    "QEMU ended at once under KVM: error: failed to set MSR 0x10a to 0xc000",
  ],
  [
    "cannot emulate an instruction",
    "printf rpmlc; echo 'KVM internal error. Suberror: 1' >&2; exec sleep 600",
    "KVM failed with an internal error when a small guest came to taking an exception",
  ],
  [
    "emulates each instruction",
    "printf rpmlcei; while :; do :; done",
    "KVM was far too slow for a small guest at plain arithmetic: it seems to emulate",
  ],
  ["claims success too early", "printf rpm; exit 99", "QEMU ended at once under KVM: exit code 99"],
])("judges a KVM that %s", { timeout: 60_000 }, async (_what, script, reason) => {
  const { binary, folder } = await behaving(script);
  const limits = { cpuMs: 200, elapsedMs: 50_000 };
  const result = await probe(binary, "kvm", { env: { ...env, TMPDIR: join(folder, "tmp") }, limits });
  expect(result).toEqual({ reason, certain: true });
  expect(await readdir(join(folder, "tmp"))).toEqual([]);
});

it("is not certain about a guest that sleeps", async () => {
  const { binary } = await behaving("printf r; exec sleep 600");
  const result = await probe(binary, "kvm", { env, limits: { cpuMs: 10_000, elapsedMs: 300 } });
  expect(result).toEqual({
    reason: "a small guest under KVM did not come past entering protected mode",
    certain: false,
  });
});

it("can be given up and leaves nothing behind", async () => {
  const { binary, folder } = await behaving("exec sleep 600");
  const tmp = join(folder, "tmp");
  const probing = probe(binary, "kvm", { env: { ...env, TMPDIR: tmp }, signal: AbortSignal.timeout(200) });
  await expect(probing).rejects.toMatchObject({ code: "ABORTED" });
  expect(await readdir(tmp)).toEqual([]);
});
