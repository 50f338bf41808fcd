import type { Answer } from "../http/answer.js";
import type { Desk, RouteRequest } from "./desk.js";

/** `GET /`: which versions of the API there are (`ironic/api/controllers/root.py`). */
export function discovery(request: RouteRequest, desk: Desk): Answer {
  const version = v1(request, desk);
  return {
    status: 200,
    body: {
      name: "OpenStack Ironic API",
      description: "A conductor for tests that speaks Ironic's API for ramdisks.",
      default_version: version,
      versions: [version],
    },
  };
}

/** `GET /v1`. */
export function discoveryV1(request: RouteRequest, desk: Desk): Answer {
  return { status: 200, body: { id: "v1", version: v1(request, desk) } };
}

function v1(request: RouteRequest, desk: Desk): object {
  return {
    id: "v1",
    links: [{ href: `${request.origin}/v1/`, rel: "self" }],
    status: "CURRENT",
    min_version: "1.1",
    version: desk.apiVersion,
  };
}
