import type { ConductorEvent } from "../types.js";
import type { NodeRegistry } from "../nodes/registry.js";

/** What the routes work with. */
export interface Desk {
  readonly nodes: NodeRegistry;
  /** Files to hand out, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The newest API that is spoken, `1.115`. */
  readonly apiVersion: string;
  /** Seconds, told to the agent: it sends a heartbeat every 0.3 to 0.6 of them. */
  readonly heartbeatTimeout: number;
  /** The conductor's name, where a lock is complained about. */
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly makeToken: () => string;
  readonly emit: (event: ConductorEvent) => void;
}

/** A request, as routes see it. */
export interface RouteRequest {
  readonly method: string;
  /** Decoded, without slash at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The minor version of the API that the request asks for. */
  readonly minor: number;
  readonly body: Buffer;
  /** `http://host:port` as the client wrote it. */
  readonly origin: string;
}
