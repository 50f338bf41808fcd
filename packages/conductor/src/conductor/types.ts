import type { AgentClient } from "../agent/client.js";
import type {
  ConductorEvent,
  HeartbeatRecord,
  HeartbeatWaitOptions,
  InspectionRecord,
  LookupRecord,
  NodeDescription,
  NodeView,
  ProvisionState,
  WaitOptions,
} from "../types.js";

/** What `startConductor` needs. */
export interface ConductorOptions {
  /** The address to listen at; 127.0.0.1 unless said otherwise, which QEMU's user networking reaches as 10.0.2.2. */
  readonly host?: string;
  /** The port; 0, which takes any that is free, unless said otherwise. Ironic's is 6385. */
  readonly port?: number;
  /** The nodes to enroll; more can be enrolled later. */
  readonly nodes?: readonly NodeDescription[];
  /** Seconds: the agent sends a heartbeat every 0.3 to 0.6 of them, in steps of at most 5 seconds. 30 unless said otherwise. */
  readonly heartbeatTimeout?: number;
  /** The newest API to speak, `1.N`; 1.115 unless said otherwise. Below 1.68 the agent makes no certificate. */
  readonly apiVersion?: string;
  /** Aborting it stops the conductor, at any time. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ConductorEvent) => void;
}

/** How a conductor is away: its port is closed, or it answers 503 to everything. */
export type Outage = "refuse" | "unavailable";

/** A conductor that listens. */
export interface RunningConductor {
  readonly state: "running";
  /** Where it listens: `http://127.0.0.1:6385`. */
  readonly url: string;
  readonly port: number;
  /** Seconds, see `ConductorOptions`. */
  readonly heartbeatTimeout: number;
  /** All enrolled nodes. */
  nodes(): readonly NodeView[];
  /** A node by UUID or name. Errors: `NODE_UNKNOWN`. */
  node(ident: string): NodeView;
  /** Enrolls one more node. Errors: `OPTIONS_INVALID`. */
  enroll(node: NodeDescription): NodeView;
  /** Forgets what is known of the node's agent, as if its machine was never started. Errors: `NODE_UNKNOWN`. */
  forget(ident: string, provisionState?: ProvisionState): NodeView;
  /** Holds or gives back the node's lock: the agent is answered 409 while it is held, where Ironic does so. */
  lock(ident: string, locked: boolean): void;
  /** The node's lookup; also one that was before the call. Errors: `WAIT_TIMEOUT`, `STOPPED`, `ABORTED`, `NODE_UNKNOWN`. */
  waitForLookup(ident: string, options: WaitOptions): Promise<LookupRecord>;
  /** A heartbeat of the node's agent; also one that was before the call, see `atLeast`. Errors as for `waitForLookup`. */
  waitForHeartbeat(ident: string, options: HeartbeatWaitOptions): Promise<HeartbeatRecord>;
  /** The node's inspection data; also what came before the call. Errors as for `waitForLookup`. */
  waitForInspection(ident: string, options: WaitOptions): Promise<InspectionRecord>;
  /** The commands of the node's agent. Errors: `NODE_UNKNOWN`, `NO_HEARTBEAT`. */
  agent(ident: string): AgentClient;
  /** A text, such as a machine's log, in which no token can be read: the agent logs its own. */
  redact(text: string): string;
  /** Serves bytes for the agent to fetch and returns their address below `url`. */
  serve(name: string, bytes: Uint8Array): string;
  /** Goes away, as a conductor that is restarted. `refuse` unless said otherwise. */
  pause(outage?: Outage): Promise<void>;
  /** Comes back at the same port, with all it knew. Errors: `PORT_IN_USE`, `LISTEN_FAILED`. */
  resume(): Promise<void>;
  /** Answers everything that many milliseconds late, from now on. */
  delay(ms: number): void;
  /** Closes the port; whoever waits gets `STOPPED`. Calling it again is harmless. */
  stop(): Promise<StoppedConductor>;
}

/** A conductor that listens no more: what is left to look at. */
export interface StoppedConductor {
  readonly state: "stopped";
  readonly nodes: readonly NodeView[];
}
