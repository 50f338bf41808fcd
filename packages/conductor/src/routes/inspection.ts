import * as v from "valibot";
import { complaint } from "../schemas/common.js";
import { fault, isFault, notFound, type Fault } from "../nodes/fault.js";
import { inspectionBody } from "../schemas/inspection.js";
import { isJsonObject, jsonBody } from "./json-body.js";
import { isUuid } from "../nodes/uuid.js";
import { inspected } from "../nodes/inspection.js";
import { lookUp } from "../nodes/lookup.js";
import { lookupAnswer } from "./lookup-answer.js";
import { minorOf } from "../nodes/api-version.js";
import { validMacs } from "../nodes/mac.js";
import type { Answer } from "../http/answer.js";
import type { Desk, RouteRequest } from "./desk.js";
import type { NodeState } from "../nodes/state.js";

/**
 * `POST /v1/continue_inspection` (`ContinueInspectionController` in `ironic/api/controllers/v1/ramdisk.py`). Agents ask
 * for no version of the API here, and are answered as by the former ironic-inspector: with the UUID alone. From 1.84 on
 * the answer is that of a lookup.
 */
export function continueInspection(request: RouteRequest, desk: Desk): Answer | Fault {
  const young = request.minor >= minorOf.continueInspection;
  const uuid = request.query.get("node_uuid") ?? undefined;
  if (!young && (request.minor !== minorOf.initial || uuid !== undefined)) {
    return fault(404, `API version 1.${minorOf.continueInspection} or newer is required`);
  }
  if (uuid !== undefined && !isUuid(uuid)) return fault(400, `Expected UUID for node_uuid: ${uuid}`);
  return accept(request, uuid, young, desk);
}

/** `POST /v1/continue`: the same at the address of the former ironic-inspector, whose answer is 200. */
export function inspectorContinue(request: RouteRequest, desk: Desk): Answer | Fault {
  const answer = accept(request, undefined, false, desk);
  return isFault(answer) ? answer : { ...answer, status: 200 };
}

function accept(request: RouteRequest, uuid: string | undefined, young: boolean, desk: Desk): Answer | Fault {
  const data = jsonBody(request.body);
  if (data === undefined) return fault(400, "The body is no JSON.");
  const body = v.safeParse(inspectionBody, data);
  if (!body.success || !isJsonObject(data)) {
    return fault(400, `Schema error for data: ${body.success ? "expected an object" : complaint(body.issues)}`);
  }
  const macs = validMacs(body.output.inventory.interfaces.map((card) => card.mac_address));
  const node = uuid === undefined ? desk.nodes.byMacs(macs) : desk.nodes.find(uuid);
  if (node === undefined) {
    return macs.length === 0 && uuid === undefined ? fault(400, "No lookup information provided") : notFound;
  }
  const result = inspected(node, data, desk.now(), desk.host);
  if (isFault(result)) return result;
  const answer = young ? withToken(result.node, macs, desk) : { node: result.node, body: { uuid: node.uuid } };
  if (isFault(answer)) return answer;
  desk.nodes.replace(answer.node);
  desk.emit({ type: "inspection", inspection: result.record });
  return { status: 202, body: answer.body };
}

function withToken(
  node: NodeState,
  addresses: readonly string[],
  desk: Desk,
): { node: NodeState; body: object } | Fault {
  const result = lookUp(node, { addresses, makeToken: desk.makeToken, at: desk.now(), host: desk.host });
  return isFault(result) ? result : { node: result.node, body: lookupAnswer(result.node, result.token, desk) };
}
