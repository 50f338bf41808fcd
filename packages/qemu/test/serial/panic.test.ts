import { expect, it } from "vitest";
import { loginPrompt, text } from "../../src/index.js";
import { createPanicWatch } from "../../src/serial/panic.js";
import { playedGuest } from "../support/console.js";

const soon = { timeoutMs: 60_000 };
const end = "[    1.1] ---[ end Kernel panic - not syncing: it broke ]---\n";
const oops = "[    1.0] BUG: kernel NULL pointer dereference, address: 0\n[    1.0] Call Trace:\n";

it("knows the cause and the trace, from the oops to the closing line", () => {
  const watch = createPanicWatch();
  watch.add(`[    0.9] fine\n${oops}[    1.1] Kernel panic - not sy`);
  expect(watch.panic).toBeUndefined();
  watch.add(`ncing: it broke\n[    1.1] CPU: 0\n`);
  expect(watch.panic).toMatchObject({ cause: "it broke", complete: false });
  watch.add(`${end}[    2.0] more\n`);
  expect(watch.panic).toEqual({
    cause: "it broke",
    trace: `${oops}[    1.1] Kernel panic - not syncing: it broke\n[    1.1] CPU: 0\n${end.trimEnd()}`,
    complete: true,
  });
});

it("forgets the panic when the guest starts again", () => {
  const watch = createPanicWatch();
  watch.add(`Kernel panic - not syncing: once\n${end}[    0.0] Linux version 6.1.0\n`);
  expect(watch.panic).toBeUndefined();
  expect(watch.last).toMatchObject({ cause: "once", complete: true });
  watch.add("Kernel panic - not syncing: twice\n");
  expect([watch.count, watch.panic?.cause, watch.panic?.trace]).toEqual([
    2,
    "twice",
    "Kernel panic - not syncing: twice",
  ]);
});

it("fails a wait though the guest starts again at once, and the next wait waits for the new system", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(loginPrompt(), soon);
  guest.prints("Kernel panic - not syncing: once\nCall Trace:\n[    0.0] Linux version 6.1.0\n");
  await expect(waiting).rejects.toMatchObject({
    code: "KERNEL_PANIC",
    details: { cause: "once", trace: "Kernel panic - not syncing: once\nCall Trace:" },
  });
  const next = guest.console.waitFor(loginPrompt(), soon);
  guest.prints("testbox login: ");
  await next;
});

it("fails a wait at once, with the trace and a hint", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(loginPrompt(), soon);
  guest.prints(`Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\nCall Trace:\n${end}`);
  await expect(waiting).rejects.toMatchObject({
    code: "KERNEL_PANIC",
    message: expect.stringMatching(
      /^The guest's kernel panicked: VFS: Unable to mount root fs on .*\n(.*\n)+Call Trace:/,
    ),
    hint: expect.stringContaining("initramfs"),
    details: { cause: "VFS: Unable to mount root fs on unknown-block(0,0)" },
  });
  await expect(guest.console.waitFor(loginPrompt(), soon)).rejects.toMatchObject({ code: "KERNEL_PANIC" });
});

it("fails a wait without the closing line too", async () => {
  const guest = playedGuest();
  guest.prints("Kernel panic - not syncing: Attempted to kill init! exitcode=0x100\n");
  await expect(guest.console.waitFor(loginPrompt(), soon)).rejects.toMatchObject({ code: "KERNEL_PANIC" });
});

it("prefers the panic to the end of the machine that comes of it", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(loginPrompt(), soon);
  guest.prints("Kernel panic - not syncing: x\n");
  guest.ends();
  await expect(waiting).rejects.toMatchObject({ code: "KERNEL_PANIC" });
});

it("lets a strategy wait for a panic", async () => {
  const guest = playedGuest();
  const waiting = guest.console.waitFor(text(/end Kernel panic/), soon);
  guest.prints(`Kernel panic - not syncing: x\n${end}`);
  expect((await waiting)[0]).toBe("end Kernel panic");
});
