/** An answer that refuses, before it is written as HTTP. */
export interface Fault {
  readonly fault: true;
  readonly status: number;
  readonly faultstring: string;
  /** Ironic's middleware in front of the API answers without the `error_message` around the fault. */
  readonly bare?: boolean;
}

/** A refusal with Ironic's words. */
export function fault(status: number, faultstring: string): Fault {
  return { fault: true, status, faultstring };
}

/** True for a refusal. */
export function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "fault" in value && value.fault === true;
}

/** Ironic tells no difference between a node that is unknown and one that is in a wrong state. */
export const notFound: Fault = fault(404, "Resource could not be found.");

/** The sources: `NodeNotFound`, `NodeLocked` in `ironic/common/exception.py`. */
export const nodeNotFound = (ident: string): Fault => fault(404, `Node ${ident} could not be found.`);
export const nodeLocked = (uuid: string, host: string): Fault =>
  fault(409, `Node ${uuid} is locked by host ${host}, please retry after the current operation is completed.`);

/** What Ironic's body as JSON is for a fault: the fault is a string of JSON within JSON. */
export function faultBody(refusal: Fault): object {
  const faultcode = refusal.status >= 500 ? "Server" : "Client";
  if (refusal.bare === true) return { faultcode, faultstring: refusal.faultstring };
  return { error_message: JSON.stringify({ faultcode, faultstring: refusal.faultstring, debuginfo: null }) };
}
