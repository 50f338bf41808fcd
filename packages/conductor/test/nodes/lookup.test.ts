import { describe, expect, it } from "vitest";
import { lookUp } from "../../src/nodes/lookup.js";
import { nodeState } from "../../src/nodes/describe.js";

const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a04";
const node = nodeState({ uuid, macs: ["52:54:00:12:34:56"] }, () => uuid);
const context = { addresses: [], makeToken: () => "made", at: 1, host: "host" };

describe("lookUp", () => {
  it("gives out a token once, and withholds it afterwards", () => {
    const first = lookUp(node, context);
    expect(first).toMatchObject({ token: "made", record: { token: "new" }, node: { token: "made", lookups: 1 } });
    const again = lookUp({ ...node, token: "made" }, context);
    expect(again).toMatchObject({ token: "******", record: { token: "withheld" }, node: { token: "made" } });
  });

  it("withholds a token that the agent had from the beginning", () => {
    const known = nodeState({ uuid, macs: [], agentToken: "k".repeat(32) }, () => uuid);
    expect(lookUp(known, context)).toMatchObject({ token: "******" });
  });

  it("knows no node that is in use", () => {
    expect(lookUp({ ...node, provisionState: "active" }, context)).toMatchObject({ status: 404 });
  });

  it("makes no token while the node is locked", () => {
    expect(lookUp({ ...node, locked: true }, context)).toMatchObject({ status: 409 });
    expect(lookUp({ ...node, locked: true, token: "made" }, context)).toMatchObject({ token: "******" });
  });
});
