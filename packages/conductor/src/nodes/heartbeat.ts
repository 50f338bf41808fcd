import { fault, nodeLocked, type Fault } from "./fault.js";
import type { HeartbeatBody } from "../schemas/heartbeat.js";
import type { HeartbeatRecord } from "../types.js";
import type { NodeState } from "./state.js";

/** What a heartbeat makes of a node. */
export interface Beaten {
  readonly node: NodeState;
  readonly record: HeartbeatRecord;
}

const agentStates = ["start", "end", "error"];

/**
 * A heartbeat of the node's agent, checked in Ironic's order: first what its API checks (`HeartbeatController.post` in
 * `ironic/api/controllers/v1/ramdisk.py`), then what its conductor does (`heartbeat` in `ironic/conductor/manager.py`).
 * @param at milliseconds since the epoch
 * @param host the conductor's name in a complaint about a lock
 */
export function beat(node: NodeState, body: HeartbeatBody, at: number, host: string): Beaten | Fault {
  const url = body.callback_url;
  if (url !== "" && !schemeOf(url).includes("http")) {
    return fault(400, 'An issue with the supplied "callback_url" has been detected.');
  }
  if (node.callbackUrl !== undefined && node.callbackUrl !== url) {
    return fault(400, 'Detected change in ramdisk provided "callback_url"');
  }
  const token = body.agent_token ?? undefined;
  if (token === undefined) return fault(400, "Agent token is required for heartbeat processing.");
  const status = body.agent_status ?? undefined;
  if (status !== undefined && !agentStates.includes(status)) {
    return fault(400, `Agent status is invalid. Valid states are ${agentStates.join(",")}.`);
  }
  const version = body.agent_version ?? undefined;
  if (version === undefined && status === undefined) {
    return fault(
      400,
      "Agent did not transmit a version, and a version is required. Please update the agent being used.",
    );
  }
  if (node.token !== token) return fault(400, "Invalid or missing agent token received.");
  const certificate = body.agent_verify_ca ?? undefined;
  if (certificate !== undefined && node.agentVerifyCa !== undefined && differ(certificate, node.agentVerifyCa)) {
    return fault(400, 'Detected change in ramdisk provided "agent_verify_ca"');
  }
  if (node.callbackUrl === undefined && node.locked) return nodeLocked(node.uuid, host);
  const agentVerifyCa = certificate ?? node.agentVerifyCa;
  const number = node.heartbeats + 1;
  const record: HeartbeatRecord = {
    ...{ uuid: node.uuid, callbackUrl: url, agentVersion: version, number, at },
    certificate: certificate !== undefined,
  };
  return {
    node: {
      ...node,
      callbackUrl: url,
      agentVersion: version,
      agentVerifyCa,
      heartbeats: number,
      lastHeartbeat: record,
    },
    record,
  };
}

function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

function differ(one: string, other: string): boolean {
  return one.trim() !== other.trim();
}
