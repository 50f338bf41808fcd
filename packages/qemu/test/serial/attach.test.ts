import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { playedGuest, settled } from "../support/console.js";

/** A terminal played by the test: it remembers each change of its mode. */
class PlayedTerminal extends PassThrough {
  readonly isTTY = true;
  readonly modes: boolean[] = [];
  setRawMode(mode: boolean): this {
    this.modes.push(mode);
    return this;
  }
}

function setUp() {
  const guest = playedGuest();
  const input = new PlayedTerminal();
  const output = new PassThrough();
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => (shown += text));
  return { guest, input, output, shown: () => shown };
}

it("passes keys and output through until Ctrl-a x", async () => {
  const { guest, input, output, shown } = setUp();
  guest.prints("before\n");
  await settled();
  const attached = guest.console.attach({ input, output });
  input.write("ls\r\u0003");
  guest.prints("\u001b[31mfile\u001b[0m\r\n");
  await settled();
  expect(input.modes).toEqual([true]);
  input.write("q\u0001xrest");
  expect(await attached).toBe("left");
  guest.prints("after");
  await settled();
  expect(guest.typed()).toBe("ls\r\u0003q");
  expect(shown()).toBe("\u001b[31mfile\u001b[0m\r\n");
  expect(input.modes).toEqual([true, false]);
  expect(input.isPaused()).toBe(true);
  expect(input.listenerCount("data")).toBe(0);
});

it("tells the guest the window's size when asked to", async () => {
  const { guest, input, output } = setUp();
  const attached = guest.console.attach({ input, output: Object.assign(output, { columns: 132, rows: 50 }) });
  input.write("\u0001r");
  input.write("\u0001x");
  expect(await attached).toBe("left");
  expect(guest.typed()).toBe(" stty columns 132 rows 50\n");
});

it("goes on recording and serving waits while attached", async () => {
  const { guest, input, output } = setUp();
  const attached = guest.console.attach({ input, output });
  guest.prints("hello");
  await settled();
  expect(guest.console.transcript).toBe("hello");
  input.end();
  expect(await attached).toBe("input-ended");
});

it.each([
  ["the machine ends", "machine-exited"],
  ["the output is closed", "output-ended"],
])("restores the terminal when %s", async (what, end) => {
  const { guest, input, output } = setUp();
  const attached = guest.console.attach({ input, output });
  if (what === "the machine ends") guest.ends();
  else output.destroy();
  expect(await attached).toBe(end);
  expect(input.modes).toEqual([true, false]);
});

it("restores the terminal when it is given up or something breaks", async () => {
  const { guest, input, output } = setUp();
  const controller = new AbortController();
  const attached = guest.console.attach({ input, output, signal: controller.signal });
  controller.abort();
  await expect(attached).rejects.toMatchObject({ code: "ABORTED" });
  expect(input.modes).toEqual([true, false]);
  input.on = () => {
    throw new Error("broken");
  };
  await expect(guest.console.attach({ input, output })).rejects.toThrow("broken");
  expect(input.modes).toEqual([true, false, true, false]);
});

it("serves one terminal at a time", async () => {
  const { guest, input, output } = setUp();
  const attached = guest.console.attach({ input, output });
  await expect(guest.console.attach({ input, output })).rejects.toMatchObject({ code: "CONSOLE_BUSY" });
  input.write("\u0001x");
  await attached;
  const again = guest.console.attach({ input, output });
  input.write("\u0001x");
  expect(await again).toBe("left");
});

it("leaves the mode of something that is no terminal alone", async () => {
  const { guest, output } = setUp();
  const input = new PassThrough();
  const attached = guest.console.attach({ input, output });
  input.write("typed\n");
  await settled();
  guest.ends();
  expect(await attached).toBe("machine-exited");
  expect(guest.typed()).toBe("typed\n");
});
