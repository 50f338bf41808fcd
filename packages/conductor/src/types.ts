/** Environment variables, handed in by the caller: this package reads none on its own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A node's place in its life, as far as a ramdisk notices: Ironic answers lookups in some states only, and takes
 * inspection data in `inspect wait` alone. The names are those of Ironic's `ironic/common/states.py`.
 */
export type ProvisionState =
  | "enroll"
  | "manageable"
  | "available"
  | "active"
  | "deploying"
  | "wait call-back"
  | "cleaning"
  | "clean wait"
  | "inspecting"
  | "inspect wait"
  | "rescuing"
  | "rescue wait"
  | "servicing"
  | "service wait"
  | "service hold";

/** Data of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A node to enroll. */
export interface NodeDescription {
  /** Made up if not given. */
  readonly uuid?: string;
  /** A logical name: heartbeats may use it instead of the UUID. */
  readonly name?: string;
  /** The addresses that a lookup finds it by. */
  readonly macs: readonly string[];
  /** `clean wait` unless said otherwise. */
  readonly provisionState?: ProvisionState;
  /** Handed to the agent as they are. */
  readonly properties?: JsonObject;
  readonly instanceInfo?: JsonObject;
  readonly driverInternalInfo?: JsonObject;
  /**
   * A token that the agent knows beforehand (`ipa-agent-token`): lookups answer `******` then. Without it the first
   * lookup makes one and later ones answer `******`, as Ironic does. At least 32 characters, else the agent ignores it.
   */
  readonly agentToken?: string;
}

/** What is known of a node; its token is not part of it. */
export interface NodeView {
  readonly uuid: string;
  readonly name: string | undefined;
  readonly macs: readonly string[];
  readonly provisionState: ProvisionState;
  readonly locked: boolean;
  readonly lookups: number;
  readonly heartbeats: number;
  readonly inspections: number;
  /** Where the agent said that it listens. */
  readonly callbackUrl: string | undefined;
  readonly agentVersion: string | undefined;
  /** The agent's own certificate, PEM. */
  readonly agentVerifyCa: string | undefined;
}

/** A lookup that was answered with a node. */
export interface LookupRecord {
  readonly uuid: string;
  /** The addresses that the agent sent. */
  readonly addresses: readonly string[];
  /** `new`: the agent was given a token; `withheld`: it was answered `******`, since one was given out before. */
  readonly token: "new" | "withheld";
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A heartbeat that was accepted. */
export interface HeartbeatRecord {
  readonly uuid: string;
  readonly callbackUrl: string;
  readonly agentVersion: string | undefined;
  /** True if the agent sent a certificate of its own. */
  readonly certificate: boolean;
  /** Counts the node's heartbeats from 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Inspection data that was accepted. */
export interface InspectionRecord {
  readonly uuid: string;
  /** What the agent sent, fields unknown to this package included. */
  readonly data: JsonObject;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A request and its answer. Neither bodies nor tokens are part of it. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query; a token in the query reads `******`. */
  readonly path: string;
  readonly status: number;
  /** What the answer complained about. */
  readonly fault: string | undefined;
  readonly durationMs: number;
}

/** What happens at the conductor. */
export type ConductorEvent =
  | { readonly type: "listening"; readonly url: string }
  | { readonly type: "request"; readonly request: RequestRecord }
  | { readonly type: "lookup"; readonly lookup: LookupRecord }
  | { readonly type: "heartbeat"; readonly heartbeat: HeartbeatRecord }
  | { readonly type: "inspection"; readonly inspection: InspectionRecord }
  | { readonly type: "command"; readonly uuid: string; readonly name: string; readonly status: string }
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  | { readonly type: "stopped" };

/** Limits of a wait. */
export interface WaitOptions {
  /** Milliseconds until `WAIT_TIMEOUT`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Which heartbeat to wait for. */
export interface HeartbeatWaitOptions extends WaitOptions {
  /** Wait for the node's heartbeat with this number or a later one; the first unless said otherwise. */
  readonly atLeast?: number;
}
