import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { AccelerationHost } from "../../src/accel/host.js";
import { readHost } from "../../src/accel/host.js";
import type { ProbeResult } from "../../src/accel/probe.js";
import { detectAcceleration, findQemu, type QemuBinary } from "../../src/index.js";
import { env } from "../support/env.js";
import { needQemu, patience, started, temporaryFolder, linuxMachine } from "../support/guest.js";
import { text } from "../../src/wait/text.js";

const host: AccelerationHost = {
  platform: "linux",
  arch: "x64",
  kernelRelease: "6.1.0",
  bootId: "boot-1",
  cpuModel: "a processor",
  kvmRefusal: undefined,
};
const binary: QemuBinary = { path: "/usr/bin/qemu-system-x86_64", arch: "x86_64", version: "7.2.22" };

/** A probe that counts how often it ran. */
function counting(result: ProbeResult): { probe: () => Promise<ProbeResult>; runs: () => number } {
  let runs = 0;
  return {
    runs: () => runs,
    probe: () => {
      runs += 1;
      return Promise.resolve(result);
    },
  };
}

const works = { reason: undefined, certain: true };

it.each([
  ["another system", { platform: "darwin" }, "KVM is Linux's, this host runs darwin"],
  ["another processor", { arch: "arm64" }, "the guest is x86_64, this host's processor is arm64"],
  ["no device", { kvmRefusal: "this host has no /dev/kvm" }, "this host has no /dev/kvm"],
])("needs no guest to tell: %s", async (_what, change, reason) => {
  const { probe, runs } = counting(works);
  const verdict = await detectAcceleration({ binary, env, host: { ...host, ...change }, probe });
  expect(verdict).toEqual({ accel: "tcg", reason, remembered: false });
  expect(runs()).toBe(0);
});

it("believes the probe", async () => {
  const good = await detectAcceleration({ binary, env, host, probe: counting(works).probe });
  expect(good).toEqual({ accel: "kvm", reason: undefined, remembered: false });
  const { probe } = counting({ reason: "it hangs", certain: true });
  const bad = await detectAcceleration({ binary, env, host, probe });
  expect(bad).toEqual({ accel: "tcg", reason: "it hangs", remembered: false });
});

it.each([
  [works, "kvm"],
  [{ reason: "it hangs", certain: true }, "tcg"],
])("remembers %o until the host, its boot or QEMU is another", async (result, accel) => {
  const cacheDir = join(await temporaryFolder(), "cache");
  const { probe, runs } = counting(result);
  const ask = (change: Partial<AccelerationHost> = {}, other: QemuBinary = binary) =>
    detectAcceleration({ binary: other, env, cacheDir, host: { ...host, ...change }, probe });
  await ask();
  expect(await ask()).toEqual({ accel, reason: result.reason, remembered: true });
  expect(runs()).toBe(1);
  await ask({ bootId: "boot-2" });
  await ask({ kernelRelease: "6.2.0" });
  await ask({ cpuModel: "another" });
  await ask({}, { ...binary, version: "10.0.0" });
  expect(runs()).toBe(5);
});

it("remembers what it is not certain about for an hour", async () => {
  const cacheDir = await temporaryFolder();
  const { probe, runs } = counting({ reason: "too busy", certain: false });
  let now = 1_000_000;
  const ask = () => detectAcceleration({ binary, env, cacheDir, host, probe, now: () => now });
  await ask();
  now += 3_599_000;
  expect(await ask()).toEqual({ accel: "tcg", reason: "too busy", remembered: true });
  now += 2000;
  expect(await ask()).toMatchObject({ remembered: false });
  expect(runs()).toBe(2);
});

it("does not trust a torn file", async () => {
  const cacheDir = await temporaryFolder();
  const { probe, runs } = counting(works);
  await detectAcceleration({ binary, env, cacheDir, host, probe });
  const [file = ""] = await readdir(cacheDir);
  await writeFile(join(cacheDir, file), '{"reas');
  expect(await detectAcceleration({ binary, env, cacheDir, host, probe })).toMatchObject({ remembered: false });
  expect(runs()).toBe(2);
});

it("gives a verdict without a cache folder that can be written", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "");
  const cacheDir = join(file, "cache");
  const verdict = await detectAcceleration({ binary, env, cacheDir, host, probe: counting(works).probe });
  expect(verdict.accel).toBe("kvm");
});

it(
  "tells the truth about this host: Linux starts under the verdict's accelerator",
  { timeout: 300_000 },
  async (context) => {
    await needQemu(context);
    const { kvmRefusal } = await readHost();
    context.skip(kvmRefusal !== undefined, kvmRefusal);
    const machine = await linuxMachine(context);
    const found = await findQemu({ arch: "x86_64", env });
    const verdict = await detectAcceleration({ binary: found, env });
    const running = await started(machine, { accel: "auto", binary: found });
    expect(running.accel.accel).toBe(verdict.accel);
    await running.console.waitFor(text("Linux version"), patience);
  },
);
