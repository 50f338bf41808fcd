import { join } from "node:path";
import { expect, it } from "vitest";
import { findQemu, launch, type MachineEvent } from "../../src/index.js";
import { readHost } from "../../src/accel/host.js";
import { env } from "../support/env.js";
import { fakeProgram } from "../support/fake-program.js";
import { needQemu, temporaryFolder } from "../support/guest.js";

it.for([
  [
    "QEMU aborts",
    "echo 'qemu-system-x86_64: error: failed to set MSR 0x10a to 0xc000' >&2; kill -ABRT $$",
    "failed to set MSR 0x10a",
  ],
  ["the guest stays silent", "exec sleep 600", "did not come past its first instruction"],
] as const)(
  "auto: where %s under KVM, the machine runs under TCG, with a reason, in bounded time, and the next one at once",
  { timeout: 120_000 },
  async ([, fault, reason], context) => {
    await needQemu(context);
    const { kvmRefusal } = await readHost();
    context.skip(kvmRefusal !== undefined, kvmRefusal);
    const real = await findQemu({ arch: "x86_64", env });
    const folder = await temporaryFolder();
    // Only the fault is played: everything but KVM is the real QEMU.
    const script = `echo "$*" >>${folder}/calls\ncase " $* " in *" -accel kvm "*) ${fault};; esac\nexec ${real.path} "$@"`;
    const binary = { ...real, path: await fakeProgram(folder, "qemu-system-x86_64", script) };
    const start = async () => {
      const events: MachineEvent[] = [];
      const begin = performance.now();
      const running = await launch(
        { arch: "x86_64", memory: 64 },
        { env, binary, cacheDir: join(folder, "cache"), onEvent: (event) => events.push(event) },
      );
      const took = performance.now() - begin;
      await running.stop();
      return { running, events, took };
    };
    const first = await start();
    expect(first.running.accel).toMatchObject({
      accel: "tcg",
      reason: expect.stringContaining(reason),
      remembered: false,
    });
    expect(first.events.find((event) => event.type === "warning")).toMatchObject({
      code: "KVM_UNUSABLE",
      message: expect.stringContaining(reason),
    });
    // 8 s for the probe; the rest is for a host that is busy.
    expect(first.took).toBeLessThan(60_000);
    const second = await start();
    expect(second.running.accel).toMatchObject({ accel: "tcg", remembered: true });
    expect(second.events.some((event) => event.type === "warning")).toBe(true);
  },
);
