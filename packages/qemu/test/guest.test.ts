import { once } from "node:events";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { httpAnswer, loginPrompt, tcpAnswer } from "../src/index.js";
import { linuxMachine, patience, started, temporaryFolder, virtioDrivers } from "./support/guest.js";
import { guestPassword } from "./support/initramfs.js";

const slow = { timeout: 300_000 };

it("boots Linux, logs in, runs commands, stops", slow, async (context) => {
  const running = await started(await linuxMachine(context));
  const { console } = running;
  expect(await console.waitFor(loginPrompt(), patience)).toBe("testbox login:");
  expect(console.recording[0]?.atMs).toBeGreaterThanOrEqual(0);
  await console.login({ user: "root" }, patience);
  expect(await console.exec("echo hello; uname -s; echo oops >&2; exit 3", patience)).toEqual({
    exitCode: 3,
    output: "hello\nLinux\noops\n",
  });
  expect(await console.exec("printf 'no line end'", patience)).toEqual({ exitCode: 0, output: "no line end" });
  expect((await console.exec("if", patience)).exitCode).toBe(2);
  expect(await console.resize({ columns: 132, rows: 50 }, patience)).toBe(true);
  expect((await console.exec("stty size", patience)).output).toBe("50 132\n");
  await expect(console.exec("sleep 1000", { timeoutMs: 2000 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
  expect((await console.exec("echo free again", patience)).output).toBe("free again\n");
  // Longer than the terminal's buffer of 4096 characters, with keys that mean something to a line editor.
  const long = "tab\there, größe, it's $HOME %d !! \\ ".repeat(200);
  const count = await console.exec(`cat <<'END' | wc -c\n${long}\nEND`, patience);
  expect(Number(count.output)).toBe(Buffer.byteLength(long) + 1);
  const stopped = await running.stop();
  expect(stopped.exit).toMatchObject({ code: 0, signal: null });
  expect(stopped.transcript).toContain("testbox login:");
});

it("logs in with a password, and says so when it is wrong", slow, async (context) => {
  const { console } = await started(await linuxMachine(context));
  await expect(console.login({ user: "guest", password: "wrong" }, patience)).rejects.toMatchObject({
    code: "LOGIN_FAILED",
  });
  console.send("\n");
  await console.login({ user: "guest", password: guestPassword }, patience);
  expect((await console.exec("id -un", patience)).output).toBe("guest\n");
});

it("reports the guest's panic with its trace", slow, async (context) => {
  const machine = await linuxMachine(context, { init: "#!/bin/sh\necho about to end\nexit 5\n" });
  const { console, exited } = await started({ ...machine, reboot: false });
  await expect(console.waitFor(loginPrompt(), patience)).rejects.toMatchObject({
    code: "KERNEL_PANIC",
    message: expect.stringMatching(/Attempted to kill init! exitcode=0x00000500\n(.*\n)*.*Call Trace/),
    hint: expect.stringContaining("first program"),
  });
  expect((await exited).code).toBe(0);
});

it("reports a kernel without an initramfs", slow, async (context) => {
  const { initrd: _without, ...machine } = await linuxMachine(context);
  const { console } = await started({ ...machine, reboot: false });
  await expect(console.waitFor(loginPrompt(), patience)).rejects.toMatchObject({
    code: "KERNEL_PANIC",
    message: expect.stringContaining("Unable to mount root fs"),
    hint: expect.stringContaining("initramfs"),
  });
});

it("takes a kernel and an initramfs whose names hold commas and blanks", slow, async (context) => {
  const machine = await linuxMachine(context);
  const folder = join(await temporaryFolder(), "out, put: 1");
  await mkdir(folder);
  await copyFile(machine.kernel ?? "", join(folder, "bz,Image"));
  await copyFile(machine.initrd ?? "", join(folder, "root,fs"));
  const running = await started({ ...machine, kernel: join(folder, "bz,Image"), initrd: join(folder, "root,fs") });
  expect(await running.console.waitFor(loginPrompt(), patience)).toBe("testbox login:");
});

it("ends with the guest's restart if that is asked for", slow, async (context) => {
  const machine = await linuxMachine(context, { start: "#!/bin/sh\nreboot -f\n" });
  const { console, exited } = await started({ ...machine, reboot: false });
  await expect(console.waitFor(loginPrompt(), patience)).rejects.toMatchObject({ code: "MACHINE_EXITED" });
  expect((await exited).code).toBe(0);
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

const webServer = "#!/bin/sh\nmkdir /www; echo welcome >/www/index.html; httpd -p 80 -h /www\n";

it.for(["pc", "q35"] as const)("%s: network, forwards, disks as described", slow, async (type, context) => {
  const port = await freePort();
  const running = await started({
    ...(await linuxMachine(context, { drivers: virtioDrivers, start: webServer })),
    type,
    cpus: 2,
    nics: [{ model: "virtio-net-pci", mac: "52:54:00:0a:0b:0c", forwards: [{ hostPort: port, guestPort: 80 }] }, {}],
    drives: [
      { blankBytes: 64 * 1024 ** 2, serial: "first" },
      { blankBytes: 4 * 1024 ** 3, bus: "nvme", sectorSize: 4096 },
    ],
  });
  const { console } = running;
  expect(await console.waitFor(httpAnswer({ url: `http://127.0.0.1:${port}/` }), patience)).toBe(200);
  const greeting = await console.waitFor(tcpAnswer({ port, send: "GET / HTTP/1.0\r\n\r\n" }), patience);
  expect(greeting).toMatch(/^HTTP\/1\.[01] 200 /);
  await console.login({ user: "root" }, patience);
  const facts = await console.exec(
    [
      "cat /sys/class/net/eth0/address",
      "nproc",
      "cat /sys/block/vda/serial; echo",
      "cat /sys/block/vda/size /sys/block/nvme0n1/size /sys/block/nvme0n1/queue/logical_block_size",
      "cat /sys/class/dmi/id/product_name",
    ].join("; "),
    patience,
  );
  const product = type === "pc" ? "Standard PC (i440FX + PIIX, 1996)" : "Standard PC (Q35 + ICH9, 2009)";
  const expected = ["52:54:00:0a:0b:0c", "2", "first", "131072", "8388608", "4096", product, ""];
  expect(facts).toEqual({ exitCode: 0, output: expected.join("\n") });
});

it("microvm boots Linux", slow, async (context) => {
  const { console } = await started({ ...(await linuxMachine(context)), type: "microvm" });
  expect(await console.waitFor(loginPrompt(), patience)).toBe("testbox login:");
});

it("throws writes to a disk away where that is asked for, and keeps them elsewhere", slow, async (context) => {
  const folder = await temporaryFolder();
  const [kept, thrown] = [join(folder, "kept.img"), join(folder, "thrown.img")];
  for (const file of [kept, thrown]) await writeFile(file, Buffer.alloc(1024 * 1024));
  const drives = [{ file: kept }, { file: thrown, throwAway: true }];
  const running = await started({ ...(await linuxMachine(context, { drivers: virtioDrivers })), drives });
  await running.console.login({ user: "root" }, patience);
  const write = "echo written >/dev/vda && echo written >/dev/vdb && sync && head -c 7 /dev/vdb";
  expect(await running.console.exec(write, patience)).toEqual({ exitCode: 0, output: "written" });
  await running.stop();
  expect((await readFile(kept)).subarray(0, 7).toString()).toBe("written");
  expect((await readFile(thrown)).subarray(0, 7)).toEqual(Buffer.alloc(7));
  expect((await readdir(folder)).sort()).toEqual(["kept.img", "thrown.img"]);
});
