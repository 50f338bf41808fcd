import type { Desk } from "./desk.js";
import type { LookupAnswer } from "../schemas/lookup.js";
import type { NodeState } from "../nodes/state.js";

/**
 * What the agent is told of its node and its configuration. Of Ironic's configuration this leaves out metrics, TLS and
 * containers, so the agent keeps its own.
 */
export function lookupAnswer(node: NodeState, token: string, desk: Desk): LookupAnswer {
  const config = { heartbeat_timeout: desk.heartbeatTimeout, agent_token: token, agent_token_required: true };
  return {
    node: {
      uuid: node.uuid,
      properties: node.properties,
      instance_info: node.instanceInfo,
      driver_internal_info: node.driverInternalInfo,
    },
    config,
  };
}
