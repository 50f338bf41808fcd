import * as v from "valibot";
import { fault, isFault, nodeNotFound, notFound, type Fault } from "../nodes/fault.js";
import { heartbeatBody, heartbeatFields, type HeartbeatBody } from "../schemas/heartbeat.js";
import { isJsonObject, jsonBody } from "./json-body.js";
import { isLogicalName, isUuid } from "../nodes/uuid.js";
import { beat } from "../nodes/heartbeat.js";
import { minorOf } from "../nodes/api-version.js";
import type { Answer } from "../http/answer.js";
import type { Desk, RouteRequest } from "./desk.js";

/**
 * `POST /v1/heartbeat/{node}` (`HeartbeatController` in `ironic/api/controllers/v1/ramdisk.py`). Ironic takes a body that
 * is no JSON object for no arguments at all, and misses the first mandatory one.
 */
export function heartbeat(request: RouteRequest, ident: string, desk: Desk): Answer | Fault {
  const body = parseBody(request.body);
  if (isFault(body)) return body;
  const outdated = tooNew(body, request.minor);
  if (outdated !== undefined) return outdated;
  if (!isUuid(ident) && !isLogicalName(ident)) {
    return fault(400, `Expected UUID or name for node_ident: ${ident}`);
  }
  const node = desk.nodes.find(ident);
  if (node === undefined) return nodeNotFound(ident);
  const result = beat(node, body, desk.now(), desk.host);
  if (isFault(result)) return result;
  desk.nodes.replace(result.node);
  desk.emit({ type: "heartbeat", heartbeat: result.record });
  return { status: 202 };
}

function parseBody(bytes: Buffer): HeartbeatBody | Fault {
  const json = jsonBody(bytes);
  const fields = isJsonObject(json) ? json : {};
  const unexpected = Object.keys(fields).filter((name) => !heartbeatFields.includes(name));
  if (unexpected.length > 0) return fault(400, `Unexpected arguments: ${unexpected.join(", ")}`);
  if (fields["callback_url"] === undefined) return fault(400, "Missing mandatory parameter: callback_url");
  const result = v.safeParse(heartbeatBody, fields);
  if (result.success) return result.output;
  const name = v.getDotPath(result.issues[0]) ?? "body";
  // Ironic quotes the value here; a token of a wrong type would be one, so this does not.
  return fault(400, `Expected string for ${name}`);
}

/** Ironic refuses fields that are younger than the API version asked for. */
function tooNew(body: HeartbeatBody, minor: number): Fault | undefined {
  if (minor < minorOf.lookup) return notFound;
  if (present(body.agent_version) && minor < minorOf.agentVersion) {
    return fault(400, 'Field "agent_version" not recognised');
  }
  if ((present(body.agent_status) || present(body.agent_status_message)) && minor < minorOf.agentStatus) {
    return fault(400, 'Fields "agent_status" and "agent_status_message" not recognised.');
  }
  if ((body.agent_verify_ca ?? undefined) !== undefined && minor < minorOf.verifyCa) {
    return fault(400, 'Field "agent_verify_ca" not recognised in this version');
  }
  return undefined;
}

const present = (text: string | null | undefined): boolean => text !== undefined && text !== null && text !== "";
