import { continueInspection, inspectorContinue } from "./inspection.js";
import { discovery, discoveryV1 } from "./discovery.js";
import { fault, notFound, type Fault } from "../nodes/fault.js";
import { file } from "./files.js";
import { heartbeat } from "./heartbeat.js";
import { lookup } from "./lookup.js";
import type { Answer } from "../http/answer.js";
import type { Desk, RouteRequest } from "./desk.js";

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (request: RouteRequest, desk: Desk, parameter: string) => Answer | Fault;
}

const routes: readonly Route[] = [
  { method: "GET", path: /^\/?$/, answer: discovery },
  { method: "GET", path: /^\/v1$/, answer: discoveryV1 },
  { method: "GET", path: /^\/v1\/lookup$/, answer: lookup },
  {
    method: "POST",
    path: /^\/v1\/heartbeat\/([^/]+)$/,
    answer: (request, desk, node) => heartbeat(request, node, desk),
  },
  { method: "POST", path: /^\/v1\/continue_inspection$/, answer: continueInspection },
  { method: "POST", path: /^\/v1\/continue$/, answer: inspectorContinue },
  { method: "GET", path: /^\/files\/([^/]+)$/, answer: (_request, desk, name) => file(name, desk) },
];

/** The answer to a request. HEAD is answered as GET. */
export function answer(request: RouteRequest, desk: Desk): Answer | Fault {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const matching = routes.filter(({ path }) => path.test(request.path));
  if (matching.length === 0) return notFound;
  const route = matching.find((candidate) => candidate.method === method);
  if (route === undefined) return fault(405, "The method is not allowed for this resource.");
  return route.answer(request, desk, route.path.exec(request.path)?.[1] ?? "");
}

/** Bytes that a body may have: inspection data may carry logs (`[api]max_json_body_size*` in `ironic/conf/api.py`). */
export function bodyLimit(path: string): number {
  return /\/continue(_inspection)?\/?$/.test(path) ? 16_384 * 1024 : 1024 * 1024;
}
