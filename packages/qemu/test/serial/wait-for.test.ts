import { expect, it } from "vitest";
import { loginPrompt, text } from "../../src/index.js";
import { playedGuest, settled } from "../support/console.js";

const soon = { timeoutMs: 60_000 };

it("results in the match, over pieces and escape sequences", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(text(/version (\d+)/), soon);
  guest.prints("Linux ver");
  guest.prints("\u001b[1msion 6\r\n");
  expect((await waiting)[1]).toBe("6");
});

it("sees what was printed before the wait, and each text once", async () => {
  const guest = playedGuest();
  guest.prints("one two one");
  await settled();
  await guest.console.waitFor(text("one"), soon);
  await guest.console.waitFor(text("one"), soon);
  await expect(guest.console.waitFor(text("one"), { timeoutMs: 20 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
});

it("takes a string as it is and ignores a global expression's memory", async () => {
  const guest = playedGuest();
  guest.prints("a.b a+b\n");
  expect((await guest.console.waitFor(text("a+b"), soon)).index).toBe(4);
  const pattern = /x/gy;
  guest.prints("x..x");
  await guest.console.waitFor(text(pattern), soon);
  await guest.console.waitFor(text(pattern), soon);
  expect(pattern.lastIndex).toBe(0);
});

it("quotes the screen's last lines when time is over", async () => {
  const guest = playedGuest();
  guest.prints("first\r\n\u001b[32mStarting network...\u001b[0m\r\n\r\n");
  await expect(guest.console.waitFor(loginPrompt(), { timeoutMs: 50 })).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: "Waited 0.05 s for a login prompt in vain. The screen's last lines:\n  | first\n  | Starting network...",
    details: { screen: "first\nStarting network..." },
  });
});

it("points to the kernel's console when nothing was printed", async () => {
  const guest = playedGuest();
  await expect(guest.console.waitFor(loginPrompt(), { timeoutMs: 20 })).rejects.toMatchObject({
    message: "Waited 0.02 s for a login prompt in vain. The guest printed nothing.",
    hint: expect.stringContaining("console=ttyS0"),
  });
});

it.each([
  ["agetty", "\r\nhost login: ", "host login:"],
  ["BusyBox", "\r\nWelcome\r\n\rbuildroot login: ", "buildroot login:"],
  ["a getty with the kernel talking", "\r\na login: [    3.814214] IPv6: ready\r\n[    4.000000] eth0: up", "a login:"],
])("knows the prompt of %s", async (_who, printed, prompt) => {
  const guest = playedGuest();
  guest.prints(printed);
  expect(await guest.console.waitFor(loginPrompt(), soon)).toBe(prompt);
});

it.each([["Last login: Mon Nov 23 on ttyS0"], ["systemd[1]: Starting login: done\r\n"], ["no login:here"]])(
  "takes %j for no prompt",
  async (printed) => {
    const guest = playedGuest();
    guest.prints(printed);
    await expect(guest.console.waitFor(loginPrompt(), { timeoutMs: 50 })).rejects.toMatchObject({
      code: "WAIT_TIMEOUT",
    });
  },
);

it("fails with the machine's end, its exit code and its message", async () => {
  const guest = playedGuest();
  guest.prints("Booting\n");
  const waiting = guest.console.waitFor(loginPrompt(), soon);
  guest.ends({ code: 1, stderr: "qemu: no disk\n" });
  await expect(waiting).rejects.toMatchObject({
    code: "MACHINE_EXITED",
    message: "The machine ended (exit code 1) before a login prompt. The screen's last lines:\n  | Booting",
    hint: "QEMU said: qemu: no disk",
  });
  expect(() => guest.console.send("x")).toThrow(expect.objectContaining({ code: "MACHINE_EXITED" }));
});

it("offers the last words to the strategy before it reports the end", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(text("Power down"), soon);
  guest.prints("reboot: Power down\n");
  await settled();
  guest.ends();
  expect((await waiting)[0]).toBe("Power down");
});

it("can be given up, before and while it waits", async () => {
  const guest = playedGuest();
  const controller = new AbortController();
  const waiting = guest.console.waitFor(loginPrompt(), { ...soon, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  await expect(guest.console.waitFor(text("x"), { ...soon, signal: controller.signal })).rejects.toMatchObject({
    code: "ABORTED",
  });
});

it("passes on what a strategy throws", async () => {
  const broken = { description: "nothing", wait: () => Promise.reject(new Error("broken")) };
  await expect(playedGuest().console.waitFor(broken, soon)).rejects.toThrow("broken");
});
