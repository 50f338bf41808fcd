import { Duplex, PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { connectQmp } from "../../src/qmp/client.js";
import { decodeMessage, encodeCommand, lineSplitter } from "../../src/qmp/codec.js";
import { needQemu, started } from "../support/guest.js";
import type { QmpClient, QmpEvent } from "../../src/index.js";

/** A QEMU played by the test: it answers each command, and says what it is told to. */
function playedQemu(answer: (command: { execute: string; id: number }) => unknown) {
  const toClient = new PassThrough();
  const fromClient = new PassThrough();
  const split = lineSplitter((line) => {
    const reply = answer(JSON.parse(line) as { execute: string; id: number });
    if (reply !== undefined) toClient.write(`${JSON.stringify(reply)}\r\n`);
  });
  fromClient.setEncoding("utf8").on("data", split);
  const stream = Duplex.from({ readable: toClient, writable: fromClient });
  return { stream, says: (text: string) => void toClient.write(text), ends: () => void toClient.end() };
}

const greeting = '{"QMP": {"version": {}, "capabilities": ["oob"]}}\r\n';
const good = ({ id }: { id: number }): unknown => ({ return: {}, id });

async function connected(
  answer: Parameters<typeof playedQemu>[0],
): Promise<[QmpClient, ReturnType<typeof playedQemu>]> {
  const qemu = playedQemu(answer);
  const connecting = connectQmp(qemu.stream);
  qemu.says(greeting.slice(0, 10));
  qemu.says(greeting.slice(10));
  return [await connecting, qemu];
}

it("negotiates, asks, and tells the answers apart", async () => {
  const asked: string[] = [];
  const [client] = await connected(({ execute, id }) => {
    asked.push(execute);
    return execute === "query-status" ? { return: { running: true, status: "running" }, id } : { return: {}, id };
  });
  const [status] = await Promise.all([client.execute("query-status"), client.execute("stop")]);
  expect(status).toEqual({ running: true, status: "running" });
  expect(asked).toEqual(["qmp_capabilities", "query-status", "stop"]);
});

it("reports a refused command with its name", async () => {
  const [client] = await connected(({ execute, id }) =>
    execute === "qmp_capabilities"
      ? { return: {}, id }
      : { error: { class: "DeviceNotFound", desc: "Device 'x' not found" }, id },
  );
  await expect(client.execute("device_del", { id: "x" })).rejects.toMatchObject({
    code: "QMP_FAILED",
    message: "QEMU refused the command device_del: Device 'x' not found",
    details: { class: "DeviceNotFound" },
  });
});

it("tells events until nobody listens", async () => {
  const [client, qemu] = await connected(good);
  const events: QmpEvent[] = [];
  const stop = client.onEvent((event) => events.push(event));
  qemu.says('{"timestamp": {"seconds": 2, "microseconds": 500000}, "event": "SHUTDOWN", "data": {"guest": true}}\r\n');
  await client.execute("cont");
  stop();
  qemu.says('{"event": "RESET"}\n');
  await client.execute("cont");
  expect(events).toEqual([{ event: "SHUTDOWN", data: { guest: true }, atMs: 2500 }]);
});

it("tells the events of one name with what QEMU says of them", { timeout: 60_000 }, async (context) => {
  await needQemu(context);
  const { qmp, exited } = await started({ arch: "x86_64", memory: 64 });
  const told: unknown[] = [];
  const stops = [
    qmp.on("RESET", ({ data }) => told.push([data.guest, data.reason])),
    qmp.on("POWERDOWN", ({ event, atMs }) => told.push([event, Math.abs(Date.now() - atMs) < 3_600_000])),
    qmp.on("SHUTDOWN", ({ data }) => told.push(data.reason)),
  ];
  await qmp.execute("system_reset");
  await qmp.execute("system_powerdown");
  stops[1]?.();
  await qmp.execute("system_powerdown");
  await qmp.execute("quit").catch(() => undefined);
  await exited;
  expect(told).toEqual([[false, "host-qmp-system-reset"], ["POWERDOWN", true], "host-qmp-quit"]);
});

it("fails what is open when the channel closes, and what comes later", async () => {
  const [client, qemu] = await connected(({ execute, id }) => (execute === "quit" ? undefined : { return: {}, id }));
  const open = client.execute("quit");
  qemu.ends();
  await expect(open).rejects.toMatchObject({ code: "QMP_FAILED", details: { command: "quit" } });
  await expect(client.execute("cont")).rejects.toMatchObject({ code: "QMP_FAILED" });
});

it("fails to connect to something that closes without a greeting", async () => {
  const qemu = playedQemu(good);
  const connecting = connectQmp(qemu.stream);
  qemu.ends();
  await expect(connecting).rejects.toMatchObject({ code: "QMP_FAILED" });
});

it("encodes commands and understands or survives every line", () => {
  expect(encodeCommand(1, "quit", undefined)).toBe('{"execute":"quit","id":1}\n');
  expect(encodeCommand(2, "x", { a: 1 })).toBe('{"execute":"x","arguments":{"a":1},"id":2}\n');
  expect(decodeMessage('{"return": [], "id": 7}')).toEqual({ kind: "return", id: 7, value: [] });
  for (const line of ["", "no JSON", "null", "[]", "7", '{"other": 1}', '{"error": "text"}']) {
    expect(decodeMessage(line)).toEqual({ kind: "unknown", line });
  }
});
