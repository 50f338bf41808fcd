import { nodeLocked, notFound, type Fault } from "./fault.js";
import type { InspectionRecord, JsonObject } from "../types.js";
import type { NodeState } from "./state.js";

/** What inspection data makes of a node. */
export interface Inspected {
  readonly node: NodeState;
  readonly record: InspectionRecord;
}

/**
 * Inspection data of the node: it is taken in `inspect wait` alone, and the node is `manageable` afterwards
 * (`continue_inspection` in `ironic/conductor/manager.py`).
 */
export function inspected(node: NodeState, data: JsonObject, at: number, host: string): Inspected | Fault {
  if (node.locked) return nodeLocked(node.uuid, host);
  if (node.provisionState !== "inspect wait") return notFound;
  const record: InspectionRecord = { uuid: node.uuid, data, at };
  const inspections = node.inspections + 1;
  return { node: { ...node, provisionState: "manageable", inspections, lastInspection: record }, record };
}
