import { describe, expect, it } from "vitest";
import { beat } from "../../src/nodes/heartbeat.js";
import { isFault } from "../../src/nodes/fault.js";
import { nodeState } from "../../src/nodes/describe.js";
import type { HeartbeatBody } from "../../src/schemas/heartbeat.js";
import type { NodeState } from "../../src/nodes/state.js";

const token = "t".repeat(32);
const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a03";
const node: NodeState = nodeState({ uuid, macs: [], agentToken: token }, () => uuid);
const body: HeartbeatBody = { callback_url: "https://192.0.2.1:9999", agent_token: token, agent_version: "13.0.0" };
const words = (from: NodeState, change: Partial<HeartbeatBody>) => {
  const result = beat(from, { ...body, ...change }, 1, "host");
  return isFault(result) ? `${result.status} ${result.faultstring}` : "taken";
};

describe("beat", () => {
  it("counts, and notes address, version and certificate", () => {
    const first = beat(node, { ...body, agent_verify_ca: "PEM" }, 5, "host");
    expect(first).toMatchObject({
      node: { heartbeats: 1, callbackUrl: body.callback_url, agentVersion: "13.0.0", agentVerifyCa: "PEM" },
      record: { number: 1, certificate: true, at: 5 },
    });
    expect(node.heartbeats).toBe(0);
  });

  it.each([
    ["an address without http", { callback_url: "ftp://192.0.2.1" }, '400 An issue with the supplied "callback_url"'],
    ["no token", { agent_token: null }, "400 Agent token is required for heartbeat processing."],
    ["a wrong token", { agent_token: "wrong" }, "400 Invalid or missing agent token received."],
    ["no version", { agent_version: null }, "400 Agent did not transmit a version"],
    ["an unknown status", { agent_status: "fine" }, "400 Agent status is invalid. Valid states are start,end,error."],
  ])("refuses %s in Ironic's words", (_what, change, answer) => {
    expect(words(node, change)).toContain(answer);
  });

  it("takes the same address and certificate again, and no others", () => {
    const first = beat(node, { ...body, agent_verify_ca: "PEM\n" }, 1, "host");
    const beaten = isFault(first) ? node : first.node;
    expect(words(beaten, { agent_verify_ca: "PEM" })).toBe("taken");
    expect(words(beaten, { agent_verify_ca: "other" })).toContain('change in ramdisk provided "agent_verify_ca"');
    expect(words(beaten, { callback_url: "https://192.0.2.2:9999" })).toContain('provided "callback_url"');
  });

  it("answers 409 for a locked node until its address is known", () => {
    const locked = { ...node, locked: true };
    expect(words(locked, {})).toBe(
      `409 Node ${uuid} is locked by host host, please retry after the current operation is completed.`,
    );
    expect(words({ ...locked, callbackUrl: body.callback_url }, {})).toBe("taken");
  });

  it("never shows a token in a refusal", () => {
    expect(words(node, { agent_token: "secret-of-somebody" })).not.toContain("secret");
  });
});
