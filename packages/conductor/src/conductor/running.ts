import { randomUUID } from "node:crypto";
import { AgentClient } from "../agent/client.js";
import { ConductorError } from "../errors.js";
import { forgetAgent, viewOf } from "../nodes/state.js";
import { redactLog } from "../http/redact.js";
import { nodeState } from "../nodes/describe.js";
import type { Change } from "../wait/change.js";
import type { Desk } from "../routes/desk.js";
import type { Listener } from "../http/listener.js";
import type { Mood } from "./handler.js";
import type { Outage, RunningConductor, StoppedConductor } from "./types.js";
import type {
  HeartbeatRecord,
  HeartbeatWaitOptions,
  InspectionRecord,
  LookupRecord,
  NodeDescription,
  NodeView,
  ProvisionState,
  WaitOptions,
} from "../types.js";

/** What a running conductor is made of. */
export interface Parts {
  readonly listener: Listener;
  readonly mood: Mood;
  readonly desk: Desk;
  readonly change: Change;
  readonly files: Map<string, Uint8Array>;
  /** All tokens that there ever were. */
  readonly secrets: Set<string>;
  readonly host: string;
  /** Forgets what was listened to on the conductor's behalf. */
  readonly release: () => void;
}

/** A conductor that listens: see `RunningConductor` for what its methods mean. */
export class Running implements RunningConductor {
  readonly state = "running";
  readonly #parts: Parts;
  #stopped: Promise<StoppedConductor> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get port(): number {
    return this.#parts.listener.port;
  }

  get url(): string {
    const { host } = this.#parts;
    return `http://${host.includes(":") ? `[${host}]` : host}:${this.port}`;
  }

  get heartbeatTimeout(): number {
    return this.#parts.desk.heartbeatTimeout;
  }

  nodes(): readonly NodeView[] {
    return this.#parts.desk.nodes.all().map(viewOf);
  }

  node(ident: string): NodeView {
    return viewOf(this.#parts.desk.nodes.get(ident));
  }

  enroll(node: NodeDescription): NodeView {
    const state = nodeState(node, randomUUID);
    this.#parts.desk.nodes.add(state);
    if (state.token !== undefined) this.#parts.secrets.add(state.token);
    return viewOf(state);
  }

  forget(ident: string, provisionState?: ProvisionState): NodeView {
    const { nodes } = this.#parts.desk;
    const node = nodes.get(ident);
    const fresh = forgetAgent(node, provisionState ?? node.provisionState);
    nodes.replace(fresh);
    return viewOf(fresh);
  }

  lock(ident: string, locked: boolean): void {
    const { nodes } = this.#parts.desk;
    nodes.replace({ ...nodes.get(ident), locked });
  }

  async waitForLookup(ident: string, options: WaitOptions): Promise<LookupRecord> {
    const { uuid } = this.node(ident);
    const check = () => this.#parts.desk.nodes.get(uuid).lastLookup;
    return this.#parts.change.until(check, `a lookup of node ${ident}`, options);
  }

  async waitForHeartbeat(ident: string, options: HeartbeatWaitOptions): Promise<HeartbeatRecord> {
    const { uuid } = this.node(ident);
    const { atLeast = 1 } = options;
    const check = () => {
      const last = this.#parts.desk.nodes.get(uuid).lastHeartbeat;
      return last !== undefined && last.number >= atLeast ? last : undefined;
    };
    const wanted = atLeast === 1 ? "a heartbeat" : `heartbeat ${atLeast}`;
    return this.#parts.change.until(check, `${wanted} of node ${ident}`, options);
  }

  async waitForInspection(ident: string, options: WaitOptions): Promise<InspectionRecord> {
    const { uuid } = this.node(ident);
    const check = () => this.#parts.desk.nodes.get(uuid).lastInspection;
    return this.#parts.change.until(check, `inspection data of node ${ident}`, options);
  }

  agent(ident: string): AgentClient {
    const { desk } = this.#parts;
    const { uuid, callbackUrl, token, agentVerifyCa } = desk.nodes.get(ident);
    if (callbackUrl === undefined || !URL.canParse(callbackUrl)) {
      throw new ConductorError("NO_HEARTBEAT", `The agent of node ${ident} did not say yet where it listens.`, {
        hint: "Call waitForHeartbeat first.",
      });
    }
    const endpoint = { uuid, url: callbackUrl, token, certificate: agentVerifyCa };
    return new AgentClient(endpoint, (command) => desk.emit({ type: "command", uuid, ...command }));
  }

  redact(text: string): string {
    return redactLog(text, this.#parts.secrets);
  }

  serve(name: string, bytes: Uint8Array): string {
    this.#parts.files.set(name, bytes);
    return `/files/${encodeURIComponent(name)}`;
  }

  async pause(outage: Outage = "refuse"): Promise<void> {
    const { listener, mood, desk } = this.#parts;
    if (outage === "unavailable") mood.unavailable = true;
    else await listener.close();
    desk.emit({ type: "paused" });
  }

  async resume(): Promise<void> {
    const { listener, mood, desk } = this.#parts;
    if (this.#stopped !== undefined) throw stoppedError();
    mood.unavailable = false;
    await listener.open();
    desk.emit({ type: "resumed" });
  }

  delay(ms: number): void {
    this.#parts.mood.delayMs = ms;
  }

  stop(): Promise<StoppedConductor> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<StoppedConductor> {
    const { listener, desk, change, release } = this.#parts;
    release();
    change.end(stoppedError());
    await listener.close();
    desk.emit({ type: "stopped" });
    return { state: "stopped", nodes: this.nodes() };
  }
}

function stoppedError(): ConductorError {
  return new ConductorError("STOPPED", "The conductor was stopped.", { hint: "Start another: startConductor()." });
}
