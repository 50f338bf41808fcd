import * as v from "valibot";
import { fault, isFault, notFound, type Fault } from "../nodes/fault.js";
import { isUuid } from "../nodes/uuid.js";
import { lookUp } from "../nodes/lookup.js";
import { lookupAnswer } from "./lookup-answer.js";
import { lookupQuery } from "../schemas/lookup.js";
import { minorOf } from "../nodes/api-version.js";
import { validMacs } from "../nodes/mac.js";
import type { Answer } from "../http/answer.js";
import type { Desk, RouteRequest } from "./desk.js";

const known = new Set(["addresses", "node_uuid"]);

/** `GET /v1/lookup?addresses=mac,mac&node_uuid=...` (`LookupController` in `ironic/api/controllers/v1/ramdisk.py`). */
export function lookup(request: RouteRequest, desk: Desk): Answer | Fault {
  if (request.minor < minorOf.lookup) return notFound;
  const unexpected = [...request.query.keys()].filter((name) => !known.has(name));
  if (unexpected.length > 0) return fault(400, `Unexpected arguments: ${unexpected.join(", ")}`);
  const query = v.parse(lookupQuery, Object.fromEntries(request.query));
  if (query.node_uuid !== undefined && !isUuid(query.node_uuid)) {
    return fault(400, `Expected UUID for node_uuid: ${query.node_uuid}`);
  }
  const addresses = validMacs((query.addresses ?? "").split(","));
  if (addresses.length === 0 && query.node_uuid === undefined) {
    return fault(400, "At least one of 'addresses' and 'node_uuid' parameters is required");
  }
  const node = query.node_uuid === undefined ? desk.nodes.byMacs(addresses) : desk.nodes.find(query.node_uuid);
  if (node === undefined) return notFound;
  const result = lookUp(node, { addresses, makeToken: desk.makeToken, at: desk.now(), host: desk.host });
  if (isFault(result)) return result;
  desk.nodes.replace(result.node);
  desk.emit({ type: "lookup", lookup: result.record });
  return { status: 200, body: lookupAnswer(result.node, result.token, desk) };
}
