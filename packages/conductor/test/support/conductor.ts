import { onTestFinished } from "vitest";
import { rawRequest, type RawInit } from "./raw-request.js";
import { startConductor, type ConductorEvent, type ConductorOptions, type RunningConductor } from "../../src/index.js";

export const uuid = "6a3e8f7e-0c5a-4c8e-9f1c-2b6f1f9d7a05";
export const mac = "52:54:00:12:34:56";
export const patience = { timeoutMs: 60_000 };

/** A conductor with one node that goes with the test, and what happened at it. */
export async function conductorWith(
  options: ConductorOptions = {},
): Promise<{ readonly conductor: RunningConductor; readonly events: readonly ConductorEvent[] }> {
  const events: ConductorEvent[] = [];
  const nodes = [{ uuid, name: "node-1", macs: [mac] }];
  const conductor = await startConductor({ nodes, onEvent: (event) => void events.push(event), ...options });
  onTestFinished(async () => void (await conductor.stop()));
  return { conductor, events };
}

/** An answer: its status and, of a refusal, the words. */
export interface Said {
  readonly status: number;
  readonly fault: string | undefined;
  readonly json: unknown;
}

/** Asks the conductor with the API version of agents. */
export async function ask(
  conductor: RunningConductor,
  path: string,
  init: RawInit & { version?: string } = {},
): Promise<Said> {
  const { version = "1.68", ...rest } = init;
  const headers = { "content-type": "application/json", "x-openstack-ironic-api-version": version };
  const { status, text } = await rawRequest(conductor.url + path, { headers, ...rest });
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  return { status, json, fault: faultOf(json) };
}

/** Ironic's words: a string of JSON within JSON, but bare where its middleware refuses. */
function faultOf(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if ("faultstring" in json) return String(json.faultstring);
  if (!("error_message" in json) || typeof json.error_message !== "string") return undefined;
  const inner = JSON.parse(json.error_message) as { faultstring: string; debuginfo: null };
  return inner.debuginfo === null ? inner.faultstring : undefined;
}

/** Looks the node up and returns the token. */
export async function lookUpToken(conductor: RunningConductor): Promise<string> {
  const { json } = await ask(conductor, `/v1/lookup?addresses=${mac}`);
  return (json as { config: { agent_token: string } }).config.agent_token;
}

/** A heartbeat's body. */
export const beatBody = (token: string, change: object = {}): string =>
  JSON.stringify({ callback_url: "http://127.0.0.1:9999", agent_token: token, agent_version: "13.0.0", ...change });
