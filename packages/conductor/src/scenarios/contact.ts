import { came } from "./check.js";
import type { HeartbeatRecord } from "../types.js";
import type { ScenarioContext } from "./scenario.js";

/** Lookup and first heartbeat: what every scenario that talks to the agent begins with. */
export async function contact(context: ScenarioContext): Promise<HeartbeatRecord> {
  const { conductor, node, patience } = context;
  await context.step("a lookup", async () => {
    const lookup = await conductor.waitForLookup(node, patience);
    return came(`with ${lookup.addresses.join(", ") || "the UUID alone"}`, lookup);
  });
  return context.step("a heartbeat", async () => {
    const heartbeat = await conductor.waitForHeartbeat(node, patience);
    const certificate = heartbeat.certificate ? "with a certificate" : "without a certificate";
    return came(
      `agent ${heartbeat.agentVersion ?? "without version"} at ${heartbeat.callbackUrl}, ${certificate}`,
      heartbeat,
    );
  });
}

/** A heartbeat that comes from now on. */
export async function nextHeartbeat(context: ScenarioContext, asked: string): Promise<HeartbeatRecord> {
  const { conductor, node, patience } = context;
  const atLeast = conductor.node(node).heartbeats + 1;
  return context.step(asked, async () => {
    const heartbeat = await conductor.waitForHeartbeat(node, { ...patience, atLeast });
    return came(`heartbeat ${heartbeat.number}`, heartbeat);
  });
}
