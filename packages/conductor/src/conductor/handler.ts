import type { IncomingMessage, ServerResponse } from "node:http";
import { answer, bodyLimit } from "../routes/router.js";
import { deepestJson, jsonDepth, tooDeep } from "../http/json-depth.js";
import { fault, isFault, type Fault } from "../nodes/fault.js";
import { readBody } from "../http/body.js";
import { redactPath } from "../http/redact.js";
import { requestedMinor } from "../nodes/api-version.js";
import { wireAnswer, type Answer } from "../http/answer.js";
import type { Desk } from "../routes/desk.js";

/** How the conductor behaves at the moment. */
export interface Mood {
  /** Milliseconds that each answer is late. */
  delayMs: number;
  /** Everything is answered 503. */
  unavailable: boolean;
}

const versionHeader = "x-openstack-ironic-api-version";

/** Answers one request and tells of it. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
  mood: Mood,
): Promise<void> {
  const began = performance.now();
  const target = request.url ?? "/";
  const minor = requestedMinor(firstOf(request.headers[versionHeader]), desk.apiVersion);
  const result = await resultOf(request, target, minor, desk, mood);
  if (mood.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, mood.delayMs));
  const wire = wireAnswer(result, {
    "x-openstack-ironic-api-minimum-version": "1.1",
    "x-openstack-ironic-api-maximum-version": desk.apiVersion,
    ...(isFault(minor) ? {} : { [versionHeader]: `1.${minor}` }),
  });
  response.writeHead(wire.status, wire.headers);
  response.end(request.method === "HEAD" ? undefined : wire.body);
  desk.emit({
    type: "request",
    request: {
      method: request.method ?? "GET",
      path: redactPath(target),
      status: wire.status,
      fault: isFault(result) ? result.faultstring : undefined,
      durationMs: Math.round(performance.now() - began),
    },
  });
}

async function resultOf(
  request: IncomingMessage,
  target: string,
  minor: number | Fault,
  desk: Desk,
  mood: Mood,
): Promise<Answer | Fault> {
  if (!URL.canParse(target, "http://conductor")) return fault(400, "Malformed request URI.");
  const url = new URL(target, "http://conductor");
  const body = await readBody(request, bodyLimit(url.pathname));
  if (mood.unavailable) return fault(503, "Resource temporarily unavailable, please retry.");
  if (isFault(body)) return body;
  if (jsonDepth(body.toString("latin1")) > deepestJson) return tooDeep;
  if (isFault(minor)) return minor;
  const path = decoded(url.pathname.replace(/(?<=.)\/$/, ""));
  if (path === undefined) return fault(400, "Malformed request URI.");
  const origin = `http://${request.headers.host ?? "localhost"}`;
  return answer({ method: request.method ?? "GET", path, query: url.searchParams, minor, body, origin }, desk);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.[0];
}
