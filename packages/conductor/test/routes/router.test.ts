import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../../src/routes/router.js";
import { NodeRegistry } from "../../src/nodes/registry.js";
import { nodeState } from "../../src/nodes/describe.js";
import type { Desk } from "../../src/routes/desk.js";

const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a07";
const secret = "s".repeat(40);

function desk(): Desk {
  const nodes = new NodeRegistry();
  nodes.add(
    nodeState({ uuid, macs: ["52:54:00:12:34:56"], agentToken: secret, provisionState: "inspect wait" }, () => uuid),
  );
  return {
    ...{ nodes, files: new Map(), apiVersion: "1.115", heartbeatTimeout: 30, host: "host" },
    ...{ now: () => 0, makeToken: () => secret, emit: () => {} },
  };
}

const paths = [
  "/",
  "/v1",
  "/v1/lookup",
  `/v1/heartbeat/${uuid}`,
  "/v1/heartbeat/x",
  "/v1/continue_inspection",
  "/v1/continue",
];
const path = fc.oneof(fc.constantFrom(...paths), fc.webPath());
const field = fc.constantFrom(
  "callback_url",
  "agent_token",
  "agent_version",
  "inventory",
  "interfaces",
  "__proto__",
  "x",
);
const body = fc.oneof(
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.dictionary(field, fc.jsonValue()).map((value) => Buffer.from(JSON.stringify(value))),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
);

describe("answer", () => {
  it("has an answer below 500 for everything, and never one with the token", () => {
    const request = fc.record({
      ...{ method: fc.constantFrom("GET", "HEAD", "POST", "PUT"), path, body },
      query: fc.webQueryParameters().map((text) => new URLSearchParams(text)),
      ...{ minor: fc.integer({ min: 1, max: 115 }), origin: fc.constant("http://conductor") },
    });
    fc.assert(
      fc.property(request, (asked) => {
        const result = answer(asked, desk());
        expect(result.status).toBeGreaterThanOrEqual(200);
        expect(result.status).toBeLessThan(500);
        expect(JSON.stringify(result)).not.toContain(secret);
      }),
      { numRuns: 2000 },
    );
  });
});
