import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loginPrompt } from "../src/index.js";
import { linuxMachine, patience, started, temporaryFolder } from "./support/guest.js";
import { guestPassword } from "./support/initramfs.js";

const slow = { timeout: 300_000 };

it("boots Linux, logs in, runs commands, stops", slow, async (context) => {
  const running = await started(await linuxMachine(context));
  const { console } = running;
  expect(await console.waitFor(loginPrompt(), patience)).toBe("testbox login:");
  expect(console.recording[0]?.atMs).toBeGreaterThanOrEqual(0);
  console.send("\n");
  await console.login({ user: "root" }, patience);
  expect(await console.exec("echo hello; uname -s; echo oops >&2; exit 3", patience)).toEqual({
    exitCode: 3,
    output: "hello\nLinux\noops\n",
  });
  expect(await console.exec("printf 'no line end'", patience)).toEqual({ exitCode: 0, output: "no line end" });
  expect((await console.exec("if", patience)).exitCode).toBe(2);
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
