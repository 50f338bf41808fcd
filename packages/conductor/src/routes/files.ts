import { notFound, type Fault } from "../nodes/fault.js";
import type { Answer } from "../http/answer.js";
import type { Desk } from "./desk.js";

/** `GET /files/{name}`: what the conductor serves for the agent to fetch, such as images to deploy. No part of Ironic's API. */
export function file(name: string, desk: Desk): Answer | Fault {
  const body = desk.files.get(name);
  return body === undefined ? notFound : { status: 200, body };
}
