import { ConductorError } from "../errors.js";
import { isLogicalName, isUuid } from "./uuid.js";
import { normalizeMac } from "./mac.js";
import type { NodeDescription } from "../types.js";
import type { NodeState } from "./state.js";

/** The shortest token that the agent takes (`process_lookup_data` in its `agent.py`). */
export const shortestToken = 32;

/**
 * A described node as the conductor's state. `makeUuid` is asked where the description has no UUID.
 * Errors: `OPTIONS_INVALID`.
 */
export function nodeState(description: NodeDescription, makeUuid: () => string): NodeState {
  const { uuid = makeUuid(), name, agentToken } = description;
  const label = name ?? uuid;
  if (!isUuid(uuid)) throw invalid(`Node ${label}: "${uuid}" is no UUID.`);
  if (name !== undefined && !isLogicalName(name)) throw invalid(`Node ${label}: "${name}" is no name of a node.`);
  const macs = description.macs.map((text) => {
    const mac = normalizeMac(text);
    if (mac === undefined) throw invalid(`Node ${label}: "${text}" is no MAC address.`);
    return mac;
  });
  if (agentToken !== undefined && agentToken.length < shortestToken) {
    throw invalid(
      `Node ${label}: its agent token is shorter than the ${shortestToken} characters that the agent takes.`,
    );
  }
  return {
    ...{ uuid, name, macs, provisionState: description.provisionState ?? "clean wait" },
    properties: description.properties ?? {},
    instanceInfo: description.instanceInfo ?? {},
    driverInternalInfo: description.driverInternalInfo ?? {},
    ...{ token: agentToken, pregeneratedToken: agentToken, locked: false, lookups: 0, heartbeats: 0, inspections: 0 },
    ...{ callbackUrl: undefined, agentVersion: undefined, agentVerifyCa: undefined },
    ...{ lastLookup: undefined, lastHeartbeat: undefined, lastInspection: undefined },
  };
}

function invalid(message: string): ConductorError {
  return new ConductorError("OPTIONS_INVALID", message, { hint: "Correct the node's description." });
}
