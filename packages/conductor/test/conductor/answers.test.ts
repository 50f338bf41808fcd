import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ask, beatBody, conductorWith, lookUpToken, mac, uuid } from "../support/conductor.js";
import { discoveryAnswer } from "../../src/schemas/version.js";
import { lookupAnswer } from "../../src/schemas/lookup.js";
import { rawRequest } from "../support/raw-request.js";

const inventory = (address: unknown) =>
  JSON.stringify({ inventory: { interfaces: [{ mac_address: address }] }, extra: 1 });

describe("discovery", () => {
  it("names the newest version, in the body and in the headers", async () => {
    const { conductor } = await conductorWith({ apiVersion: "1.90" });
    const { status, json } = await ask(conductor, "/");
    expect(status).toBe(200);
    expect(v.is(discoveryAnswer, json)).toBe(true);
    expect(json).toMatchObject({ default_version: { id: "v1", min_version: "1.1", version: "1.90" } });
    const response = await fetch(`${conductor.url}/v1/`);
    expect(response.headers.get("x-openstack-ironic-api-maximum-version")).toBe("1.90");
  });

  it("refuses versions that it does not speak with 406", async () => {
    const { conductor } = await conductorWith();
    expect(await ask(conductor, "/v1/lookup", { version: "1.999" })).toMatchObject({ status: 406 });
  });
});

describe("GET /v1/lookup", () => {
  it.each([
    ["unknown addresses", "?addresses=52:54:00:99:99:99", 404, "Resource could not be found."],
    ["an unknown UUID", "?node_uuid=6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7aff", 404, "Resource could not be found."],
    ["nothing", "", 400, "At least one of 'addresses' and 'node_uuid' parameters is required"],
    ["no address among the addresses", "?addresses=x,y", 400, "At least one of 'addresses' and 'node_uuid'"],
    ["a UUID that is none", "?node_uuid=node-1", 400, "Expected UUID for node_uuid: node-1"],
    ["unknown arguments", `?addresses=${mac}&x=1`, 400, "Unexpected arguments: x"],
  ])("answers %s as Ironic does", async (_what, query, status, words) => {
    const { conductor } = await conductorWith();
    const said = await ask(conductor, `/v1/lookup${query}`);
    expect(said.status).toBe(status);
    expect(said.fault).toContain(words);
  });

  it("finds the node by any of its addresses, or by UUID", async () => {
    const { conductor, events } = await conductorWith({ heartbeatTimeout: 12 });
    const first = await ask(conductor, `/v1/lookup?addresses=52:54:00:99:99:99,${mac.toUpperCase()}`);
    expect(v.is(lookupAnswer, first.json)).toBe(true);
    expect(first.json).toMatchObject({
      node: { uuid, properties: {}, instance_info: {}, driver_internal_info: {} },
      config: { heartbeat_timeout: 12, agent_token: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const second = await ask(conductor, `/v1/lookup?node_uuid=${uuid}`);
    expect(second.json).toMatchObject({ config: { agent_token: "******" } });
    expect(events.filter(({ type }) => type === "lookup")).toHaveLength(2);
  });

  it("does not exist before 1.22", async () => {
    const { conductor } = await conductorWith();
    expect(await ask(conductor, `/v1/lookup?addresses=${mac}`, { version: "1.21" })).toMatchObject({ status: 404 });
  });
});

describe("POST /v1/heartbeat", () => {
  it("takes one by UUID and by name", async () => {
    const { conductor, events } = await conductorWith();
    const token = await lookUpToken(conductor);
    for (const ident of [uuid, "node-1"]) {
      const said = await ask(conductor, `/v1/heartbeat/${ident}`, { method: "POST", body: beatBody(token) });
      expect(said).toEqual({ status: 202, json: undefined, fault: undefined });
    }
    expect(conductor.node("node-1")).toMatchObject({ heartbeats: 2, callbackUrl: "http://127.0.0.1:9999" });
    expect(JSON.stringify([events, conductor.nodes()])).not.toContain(token);
  });

  it.each([
    ["an unknown node", "/v1/heartbeat/nobody", beatBody("x"), 404, "Node nobody could not be found."],
    ["broken JSON", `/v1/heartbeat/${uuid}`, "{", 400, "Missing mandatory parameter: callback_url"],
    ["a list", `/v1/heartbeat/${uuid}`, "[]", 400, "Missing mandatory parameter: callback_url"],
    ["an empty body", `/v1/heartbeat/${uuid}`, "", 400, "Missing mandatory parameter: callback_url"],
    ["unknown fields", `/v1/heartbeat/${uuid}`, beatBody("x", { more: 1 }), 400, "Unexpected arguments: more"],
    [
      "a number for an address",
      `/v1/heartbeat/${uuid}`,
      beatBody("x", { callback_url: 7 }),
      400,
      "Expected string for",
    ],
    ["a wrong token", `/v1/heartbeat/${uuid}`, beatBody("x"), 400, "Invalid or missing agent token received."],
    ["an ident that is none", "/v1/heartbeat/a%20b", beatBody("x"), 400, "Expected UUID or name"],
    ["nesting without end", `/v1/heartbeat/${uuid}`, "[".repeat(10_000), 400, "nested too deeply"],
  ])("answers %s as Ironic does", async (_what, path, body, status, words) => {
    const { conductor } = await conductorWith();
    const said = await ask(conductor, path, { method: "POST", body });
    expect(said.status).toBe(status);
    expect(said.fault).toContain(words);
  });

  it.each([
    ["1.35", 'Field "agent_version" not recognised'],
    ["1.67", 'Field "agent_verify_ca" not recognised in this version'],
    ["1.21", "Resource could not be found."],
  ])("refuses fields that are younger than %s", async (version, words) => {
    const { conductor } = await conductorWith();
    const token = await lookUpToken(conductor);
    const body = beatBody(token, { agent_verify_ca: "PEM" });
    expect((await ask(conductor, `/v1/heartbeat/${uuid}`, { method: "POST", body, version })).fault).toBe(words);
  });

  it("answers 413 to a body of more than 1 MiB, announced or not, and goes on", async () => {
    const { conductor } = await conductorWith();
    const body = beatBody("x", { agent_status_message: "x".repeat(1024 * 1024) });
    const path = `/v1/heartbeat/${uuid}`;
    const announced = { "content-type": "application/json", "content-length": String(body.length) };
    for (const headers of [announced, { "content-type": "application/json", "transfer-encoding": "chunked" }]) {
      const { status, text } = await rawRequest(conductor.url + path, { method: "POST", body, headers });
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({
        faultcode: "Client",
        faultstring: expect.stringContaining("too large"),
      });
    }
    expect((await ask(conductor, "/")).status).toBe(200);
  });
});

describe("POST /v1/continue_inspection", () => {
  const nodes = [{ uuid, macs: [mac], provisionState: "inspect wait" as const }];

  it("is answered with the UUID, and what came is kept, unknown fields too", async () => {
    const { conductor } = await conductorWith({ nodes });
    const said = await ask(conductor, "/v1/continue_inspection", { method: "POST", body: inventory(mac), version: "" });
    expect(said).toMatchObject({ status: 202, json: { uuid } });
    const { data } = await conductor.waitForInspection(uuid, { timeoutMs: 1000 });
    expect(data).toEqual(JSON.parse(inventory(mac)));
    expect(conductor.node(uuid).provisionState).toBe("manageable");
  });

  it("is answered as a lookup from 1.84 on", async () => {
    const { conductor } = await conductorWith({ nodes });
    const init = { method: "POST", body: inventory(mac), version: "1.84" };
    const said = await ask(conductor, "/v1/continue_inspection", init);
    expect(said.json).toMatchObject({ node: { uuid }, config: { agent_token: expect.stringMatching(/^[\w-]{43}$/) } });
  });

  it("is there for the former inspector's address, too", async () => {
    const { conductor } = await conductorWith({ nodes });
    const said = await ask(conductor, "/v1/continue", { method: "POST", body: inventory(mac), version: "" });
    expect(said).toMatchObject({ status: 200, json: { uuid } });
  });

  it.each([
    ["broken JSON", "{", 400, "no JSON"],
    ["no inventory", "{}", 400, "Schema error for data: inventory"],
    ["no interfaces", '{"inventory":{"interfaces":[]}}', 400, "Schema error for data: inventory.interfaces"],
    ["an address that is a number", inventory(7), 400, "Schema error for data: inventory.interfaces.0.mac_address"],
    ["no valid address", inventory("x"), 400, "No lookup information provided"],
    ["an unknown address", inventory("52:54:00:99:99:99"), 404, "Resource could not be found."],
  ])("answers %s as Ironic does", async (_what, body, status, words) => {
    const { conductor } = await conductorWith({ nodes });
    const said = await ask(conductor, "/v1/continue_inspection", { method: "POST", body, version: "" });
    expect(said.status).toBe(status);
    expect(said.fault).toContain(words);
  });

  it("is refused for a node that does not wait for it, and for versions between", async () => {
    const { conductor } = await conductorWith();
    const init = { method: "POST", body: inventory(mac) };
    expect((await ask(conductor, "/v1/continue_inspection", { ...init, version: "" })).status).toBe(404);
    expect((await ask(conductor, "/v1/continue_inspection", init)).fault).toBe("API version 1.84 or newer is required");
  });
});

describe("anything else", () => {
  it.each([
    ["GET", "/v1/nodes", 404],
    ["DELETE", "/v1/lookup", 405],
    ["GET", `/v1/heartbeat/${uuid}`, 405],
    ["GET", "/files/nothing", 404],
    ["GET", "/%zz", 400],
  ])("%s %s is answered %i", async (method, path, status) => {
    const { conductor } = await conductorWith();
    expect((await ask(conductor, path, { method })).status).toBe(status);
  });

  it("serves files", async () => {
    const { conductor } = await conductorWith();
    const path = conductor.serve("disk image", Buffer.from([1, 2, 3]));
    const response = await fetch(conductor.url + path);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([1, 2, 3]));
  });
});
