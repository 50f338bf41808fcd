import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it, type TestContext } from "vitest";
import { launch, type Machine, type MachineEvent, planLaunch, quoteCommand } from "../../src/index.js";
import { env } from "../support/env.js";
import { fakeProgram } from "../support/fake-program.js";
import { needQemu, started, temporaryFolder } from "../support/guest.js";

const tcg = { env, accel: "tcg" } as const;

/** The least that QEMU runs: firmware that finds nothing to boot. */
const bare: Machine = { arch: "x86_64", memory: 64 };

it("runs until it is stopped, and stopping twice is harmless", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const events: MachineEvent[] = [];
  const running = await launch(bare, { ...tcg, onEvent: (event) => events.push(event) });
  expect(running).toMatchObject({ state: "running", accel: { accel: "tcg", reason: undefined } });
  expect(await running.qmp.execute("query-status")).toMatchObject({ running: true });
  const [first, second] = await Promise.all([running.stop(), running.stop()]);
  expect(first).toMatchObject({ state: "stopped", exit: { code: 0, signal: null } });
  expect(second.exit).toEqual(first.exit);
  expect((await running.stop()).exit).toEqual(first.exit);
  expect(await running.exited).toEqual(first.exit);
  expect(events.map((event) => event.type)).toEqual(["started", "exited"]);
});

it("kills at once without grace", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const running = await launch(bare, tcg);
  expect((await running.stop({ graceMs: 0 })).exit.signal).toBe("SIGKILL");
});

it("kills a QEMU that listens to nothing", { timeout: 60_000 }, async () => {
  const running = await launch(bare, { ...tcg, binary: await deafQemu() });
  expect((await running.stop({ graceMs: 200 })).exit.signal).toBe("SIGKILL");
});

it("presses the power button, and tells a guest that does not listen", { timeout: 60_000 }, async (context) => {
  const script = `read -r line <&3; echo "$line" | grep -q system_powerdown && exit 0`;
  const listening = await launch(bare, { ...tcg, binary: await playedQemu(script) });
  expect(await listening.powerDown({ timeoutMs: 30_000 })).toMatchObject({ state: "stopped", exit: { code: 0 } });
  await needQemu(context);
  const running = await started(bare);
  await expect(running.powerDown({ timeoutMs: 500 })).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringContaining("the guest to shut down"),
  });
  expect(await running.qmp.execute("query-status")).toMatchObject({ running: true });
});

/** A QEMU that ignores everything but SIGKILL. */
function deafQemu() {
  return playedQemu(`trap '' TERM\nwhile :; do sleep 1; done`);
}

/** A program that speaks just enough QMP to count as started, then does what the script says. */
async function playedQemu(then: string) {
  const folder = await temporaryFolder();
  const greet = [`echo '{"QMP": {}}' >&3`, `read -r line <&3`, `echo '{"return": {}, "id": 1}' >&3`];
  const script = [...greet, then].join("\n");
  return { path: await fakeProgram(folder, "qemu", script), arch: "x86_64", version: "7.2.22" } as const;
}

it("stops when the caller's signal is aborted", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const controller = new AbortController();
  const running = await launch(bare, { ...tcg, signal: controller.signal });
  controller.abort();
  await running.exited;
  await expect(launch(bare, { ...tcg, signal: controller.signal })).rejects.toMatchObject({ code: "ABORTED" });
});

it("gives up a start that takes too long", { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  const path = await fakeProgram(folder, "qemu", "exec sleep 600");
  const binary = { path, arch: "x86_64", version: "7.2.22" } as const;
  const starting = launch(bare, { ...tcg, binary, signal: AbortSignal.timeout(300) });
  await expect(starting).rejects.toMatchObject({ code: "ABORTED" });
});

it("refuses a machine whose files are missing, before anything is started", async () => {
  const folder = await temporaryFolder();
  await expect(launch({ ...bare, kernel: join(folder, "bzImage") }, { env: {} })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
    message: `The kernel ${folder}/bzImage does not exist.`,
    hint: expect.stringContaining("Build"),
  });
  await expect(launch({ ...bare, drives: [{ file: folder }] }, { env: {} })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
    message: `The drive ${folder} is a folder.`,
  });
  await expect(launch({ ...bare, memory: -1 }, { env: {} })).rejects.toMatchObject({ code: "MACHINE_INVALID" });
});

it("tells a taken port", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const nics = [{ forwards: [{ hostPort: port, guestPort: 22 }] }];
  await expect(launch({ ...bare, nics }, tcg)).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: `Port ${port} of 127.0.0.1 cannot be forwarded: another program listens there.`,
    details: { port },
  });
  server.close();
});

it("passes on QEMU's own complaint, and the line to try", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const starting = launch({ ...bare, extraArguments: ["-device", "no-such-device"] }, tcg);
  await expect(starting).rejects.toMatchObject({
    code: "START_FAILED",
    message: expect.stringContaining("'no-such-device' is not a valid device model name"),
    hint: expect.stringContaining("-device no-such-device"),
    details: { code: 1 },
  });
});

it("refuses KVM by name where it does not work, and warns where it was to be chosen", async (context) => {
  context.skip(process.arch !== "x64", "aarch64 guests are foreign to x64 hosts only");
  const folder = await temporaryFolder();
  const path = await fakeProgram(folder, "qemu", "echo 'error: failed to set MSR 0x10a' >&2; exit 1");
  const binary = { path, arch: "aarch64", version: "7.2.22" } as const;
  const machine: Machine = { arch: "aarch64" };
  await expect(launch(machine, { env, accel: "kvm", binary })).rejects.toMatchObject({
    code: "KVM_UNUSABLE",
    message: "KVM does not work here: the guest is aarch64, this host's processor is x64.",
  });
  const events: MachineEvent[] = [];
  const plan = await planLaunch(machine, { env, binary, onEvent: (event) => events.push(event) });
  expect(quoteCommand(plan.command)).toContain("-accel tcg -cpu max");
  expect(events).toMatchObject([{ type: "acceleration" }, { type: "warning", code: "KVM_UNUSABLE" }]);
});

it.for<[what: string, machine: (file: string) => Machine]>([
  ["every bus of pc", (file) => ({ ...bare, nics: [{}], drives: everyBus(file) })],
  [
    "every bus of q35",
    (file) => ({ ...bare, type: "q35", nics: [{ model: "virtio-net-pci" }], drives: everyBus(file) }),
  ],
  ["4096-byte sectors", (file) => ({ ...bare, drives: [{ file, sectorSize: 4096, bus: "nvme", throwAway: true }] })],
  ["a socket for the serial port", (file) => ({ ...bare, serial: { socket: `${file}.sock` } })],
  ["a file for the serial port", (file) => ({ ...bare, serial: { file: `${file}.log` } })],
])("QEMU takes %s, in a folder with commas, blanks and colons", { timeout: 60_000 }, async ([, describe], context) => {
  const running = await started(describe(await diskImage(context)));
  expect((await running.stop()).exit).toEqual({ code: 0, signal: null, stderr: expect.any(String) });
});

it("QEMU for aarch64 takes a kernel, a card and drives on every bus", { timeout: 60_000 }, async (context) => {
  await needQemu(context, "aarch64");
  const file = join(await temporaryFolder(), "image");
  await writeFile(file, Buffer.alloc(1024 * 1024));
  const drives = everyBus(file);
  const running = await started({ arch: "aarch64", kernel: file, append: "console=ttyAMA0", nics: [{}], drives });
  expect((await running.stop()).exit.code).toBe(0);
});

async function diskImage(context: TestContext): Promise<string> {
  await needQemu(context);
  const folder = join(await temporaryFolder(), "a, b: c");
  await mkdir(folder);
  const file = join(folder, "disk,1.img");
  await writeFile(file, Buffer.alloc(1024 * 1024));
  return file;
}

function everyBus(file: string) {
  const buses = ["virtio", "nvme", "sata", "scsi", "cdrom"] as const;
  return buses.map((bus) => ({ file, bus, readOnly: bus !== "sata", throwAway: bus === "sata" }));
}
