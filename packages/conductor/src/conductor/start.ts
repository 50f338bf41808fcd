import { randomBytes, randomUUID } from "node:crypto";
import { Change } from "../wait/change.js";
import { ConductorError } from "../errors.js";
import { handle, type Mood } from "./handler.js";
import { Listener } from "../http/listener.js";
import { NodeRegistry } from "../nodes/registry.js";
import { nodeState } from "../nodes/describe.js";
import { Running } from "./running.js";
import { settingsOf } from "./options.js";
import { throwIfAborted } from "../wait/abort.js";
import type { ConductorEvent } from "../types.js";
import type { ConductorOptions, RunningConductor } from "./types.js";
import type { Desk } from "../routes/desk.js";

/**
 * Starts a conductor: it answers lookups, heartbeats and inspection data of the enrolled nodes as Ironic does.
 * Errors: `OPTIONS_INVALID`, `PORT_IN_USE`, `LISTEN_FAILED`, `ABORTED`.
 */
export async function startConductor(options: ConductorOptions): Promise<RunningConductor> {
  throwIfAborted(options.signal);
  const settings = settingsOf(options);
  const change = new Change();
  const nodes = new NodeRegistry();
  for (const node of options.nodes ?? []) nodes.add(nodeState(node, randomUUID));
  const emit = (event: ConductorEvent) => {
    options.onEvent?.(event);
    change.notify();
  };
  const mood: Mood = { delayMs: 0, unavailable: false };
  const files = new Map<string, Uint8Array>();
  const secrets = new Set((options.nodes ?? []).map((node) => node.agentToken).filter((token) => token !== undefined));
  const makeToken = () => {
    const token = randomBytes(32).toString("base64url");
    secrets.add(token);
    return token;
  };
  const desk: Desk = {
    ...{ nodes, files, emit, apiVersion: settings.apiVersion, heartbeatTimeout: settings.heartbeatTimeout },
    ...{ host: "conductor", now: Date.now, makeToken },
  };
  const listener = new Listener((request, response) => {
    // A request that its sender broke off has nobody left to answer.
    handle(request, response, desk, mood).catch(() => response.destroy());
  }, settings);
  await listener.open();
  const stop = () => void running.stop();
  const release = () => options.signal?.removeEventListener("abort", stop);
  const running = new Running({ listener, mood, desk, change, files, secrets, release, host: settings.host });
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted === true) {
    await running.stop();
    throw new ConductorError("ABORTED", "The caller gave up.", { cause: options.signal.reason });
  }
  emit({ type: "listening", url: running.url });
  return running;
}
