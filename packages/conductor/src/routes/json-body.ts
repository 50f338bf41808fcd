import type { JsonValue } from "../types.js";

/** A body as JSON; undefined where it is none. An empty body is an empty object, as in Ironic. */
export function jsonBody(body: Buffer): JsonValue | undefined {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8")) as JsonValue;
  } catch {
    return undefined;
  }
}

/** True for an object of JSON. */
export function isJsonObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
