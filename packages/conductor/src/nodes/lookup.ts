import { nodeLocked, notFound, type Fault } from "./fault.js";
import type { LookupRecord, ProvisionState } from "../types.js";
import type { NodeState } from "./state.js";

/** What Ironic answers for a token that it gave out before. */
export const withheldToken = "******";

/** With fast track enabled Ironic answers lookups in all states but those of a node in use (`ironic/common/states.py`). */
const silent: ReadonlySet<ProvisionState> = new Set(["active"]);

/** What a lookup makes of a node. */
export interface LookedUp {
  readonly node: NodeState;
  readonly record: LookupRecord;
  /** For the answer: a new token, or `******`. */
  readonly token: string;
}

/** What a lookup needs besides the node. */
export interface LookupContext {
  readonly addresses: readonly string[];
  readonly makeToken: () => string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The conductor's name in a complaint about a lock. */
  readonly host: string;
}

/** A lookup of the node: the first one is given a token, the following ones are not. */
export function lookUp(node: NodeState, context: LookupContext): LookedUp | Fault {
  if (silent.has(node.provisionState)) return notFound;
  const withheld = node.token !== undefined;
  if (!withheld && node.locked) return nodeLocked(node.uuid, context.host);
  const token = node.token ?? context.makeToken();
  const { uuid } = node;
  const { addresses, at } = context;
  const record: LookupRecord = { uuid, addresses, token: withheld ? "withheld" : "new", at };
  return {
    node: { ...node, token, lookups: node.lookups + 1, lastLookup: record },
    record,
    token: withheld ? withheldToken : token,
  };
}
