import { describe, expect, it } from "vitest";
import { ask, beatBody, conductorWith, lookUpToken, mac, patience, uuid } from "../support/conductor.js";
import { startConductor } from "../../src/index.js";

describe("startConductor", () => {
  it("says which port is taken", async () => {
    const { conductor } = await conductorWith();
    await expect(startConductor({ port: conductor.port })).rejects.toMatchObject({
      code: "PORT_IN_USE",
      message: `Port ${conductor.port} of 127.0.0.1 is taken by another program.`,
      hint: expect.stringContaining("port 0"),
    });
  });

  it("says that an address is not this host's", async () => {
    await expect(startConductor({ host: "192.0.2.77" })).rejects.toMatchObject({ code: "LISTEN_FAILED" });
  });

  it.each([
    ["a port", { port: 70_000 }],
    ["a time-out", { heartbeatTimeout: 0 }],
    ["an API version", { apiVersion: "2.0" }],
    ["a UUID", { nodes: [{ uuid: "x", macs: [] }] }],
    ["an address", { nodes: [{ macs: ["x"] }] }],
    ["a name", { nodes: [{ macs: [], name: "a b" }] }],
    ["a token", { nodes: [{ macs: [], agentToken: "short" }] }],
    ["two nodes with one address", { nodes: [{ macs: [mac] }, { macs: [mac] }] }],
  ])("refuses %s that cannot be", async (_what, options) => {
    const error: unknown = await startConductor(options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "OPTIONS_INVALID" });
    expect(String(error)).not.toContain('short"');
  });

  it("stops with its signal, and does not start without one that is fine", async () => {
    const controller = new AbortController();
    const { conductor } = await conductorWith({ signal: controller.signal });
    const wait = conductor.waitForHeartbeat(uuid, patience);
    controller.abort();
    await expect(wait).rejects.toMatchObject({ code: "STOPPED" });
    await expect(startConductor({ signal: controller.signal })).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe("a running conductor", () => {
  it("waits for what comes, and finds what came", async () => {
    const { conductor } = await conductorWith();
    const wait = conductor.waitForLookup(uuid, patience);
    const token = await lookUpToken(conductor);
    expect(await wait).toMatchObject({ uuid, addresses: [mac], token: "new" });
    const second = conductor.waitForHeartbeat("node-1", { ...patience, atLeast: 2 });
    for (let count = 0; count < 2; count += 1) {
      await ask(conductor, `/v1/heartbeat/${uuid}`, { method: "POST", body: beatBody(token) });
    }
    expect(await second).toMatchObject({ number: 2 });
    expect(await conductor.waitForHeartbeat(uuid, patience)).toMatchObject({ number: 2 });
  });

  it("gives up waiting with a code", async () => {
    const { conductor } = await conductorWith();
    await expect(conductor.waitForLookup(uuid, { timeoutMs: 1 })).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
    await expect(conductor.waitForLookup("x", patience)).rejects.toMatchObject({ code: "NODE_UNKNOWN" });
    const signal = AbortSignal.abort();
    await expect(conductor.waitForLookup(uuid, { ...patience, signal })).rejects.toMatchObject({ code: "ABORTED" });
    expect(() => conductor.agent(uuid)).toThrow(expect.objectContaining({ code: "NO_HEARTBEAT" }));
  });

  it("goes away and comes back with all it knew", async () => {
    const { conductor, events } = await conductorWith();
    const token = await lookUpToken(conductor);
    await conductor.pause();
    await expect(ask(conductor, "/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await conductor.resume();
    const said = await ask(conductor, `/v1/heartbeat/${uuid}`, { method: "POST", body: beatBody(token) });
    expect(said.status).toBe(202);
    expect(events.map(({ type }) => type)).toEqual([
      ...["listening", "lookup", "request", "paused", "resumed", "heartbeat", "request"],
    ]);
  });

  it("can be there and unavailable", async () => {
    const { conductor } = await conductorWith();
    await conductor.pause("unavailable");
    expect(await ask(conductor, "/")).toMatchObject({ status: 503 });
    await conductor.resume();
    expect(await ask(conductor, "/")).toMatchObject({ status: 200 });
  });

  it("answers late", async () => {
    const { conductor, events } = await conductorWith();
    conductor.delay(60);
    await ask(conductor, "/");
    const durations = events.map((event) => (event.type === "request" ? event.request.durationMs : 0));
    expect(Math.max(...durations)).toBeGreaterThanOrEqual(50);
  });

  it("locks a node, forgets its agent, and enrolls another", async () => {
    const { conductor } = await conductorWith();
    conductor.lock(uuid, true);
    expect(await ask(conductor, `/v1/lookup?addresses=${mac}`)).toMatchObject({ status: 409 });
    conductor.lock(uuid, false);
    const token = await lookUpToken(conductor);
    expect(conductor.forget("node-1", "inspect wait")).toMatchObject({ lookups: 0, provisionState: "inspect wait" });
    expect(await lookUpToken(conductor)).not.toBe(token);
    const other = conductor.enroll({ macs: ["52:54:00:00:00:02"] });
    expect(conductor.nodes().map((node) => node.uuid)).toEqual([uuid, other.uuid]);
  });

  it("stops once, however often it is told", async () => {
    const { conductor } = await conductorWith();
    const [one, two] = await Promise.all([conductor.stop(), conductor.stop()]);
    expect(one).toBe(two);
    expect(one).toMatchObject({ state: "stopped", nodes: [{ uuid }] });
    await expect(conductor.resume()).rejects.toMatchObject({ code: "STOPPED" });
  });
});
