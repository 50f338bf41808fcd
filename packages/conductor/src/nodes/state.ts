import type {
  HeartbeatRecord,
  InspectionRecord,
  JsonObject,
  LookupRecord,
  NodeView,
  ProvisionState,
} from "../types.js";

/** A node as the conductor holds it: never changed, but replaced. */
export interface NodeState {
  readonly uuid: string;
  readonly name: string | undefined;
  readonly macs: readonly string[];
  readonly provisionState: ProvisionState;
  readonly properties: JsonObject;
  readonly instanceInfo: JsonObject;
  readonly driverInternalInfo: JsonObject;
  /** The token that the agent must send, once there is one. Secret. */
  readonly token: string | undefined;
  /** The token that it had from the beginning. Secret. */
  readonly pregeneratedToken: string | undefined;
  readonly locked: boolean;
  readonly lookups: number;
  readonly heartbeats: number;
  readonly inspections: number;
  readonly callbackUrl: string | undefined;
  readonly agentVersion: string | undefined;
  readonly agentVerifyCa: string | undefined;
  readonly lastLookup: LookupRecord | undefined;
  readonly lastHeartbeat: HeartbeatRecord | undefined;
  readonly lastInspection: InspectionRecord | undefined;
}

/** What others may see of a node: no token. */
export function viewOf(node: NodeState): NodeView {
  const { uuid, name, macs, provisionState, locked, lookups, heartbeats, inspections } = node;
  const { callbackUrl, agentVersion, agentVerifyCa } = node;
  return {
    ...{ uuid, name, macs, provisionState, locked, lookups, heartbeats, inspections },
    ...{ callbackUrl, agentVersion, agentVerifyCa },
  };
}

/** The node as if its machine was never started: token, address, certificate and counts are gone. */
export function forgetAgent(node: NodeState, provisionState: ProvisionState): NodeState {
  return {
    ...node,
    ...{ provisionState, token: node.pregeneratedToken, lookups: 0, heartbeats: 0, inspections: 0 },
    ...{ callbackUrl: undefined, agentVersion: undefined, agentVerifyCa: undefined },
    ...{ lastLookup: undefined, lastHeartbeat: undefined, lastInspection: undefined },
  };
}
