import * as v from "valibot";
import type { JsonObject, JsonValue } from "../types.js";

/** Any data of JSON. */
export const jsonValue: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(jsonValue), v.record(v.string(), jsonValue)]),
);

/** An object of JSON, whatever is in it. */
export const jsonObject: v.GenericSchema<JsonObject> = v.record(v.string(), jsonValue);

/** The first complaint about a value, with the path to it: `inventory.interfaces: ...`. The value itself is not quoted. */
export function complaint(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (issue === undefined) return "unacceptable";
  const path = v.getDotPath(issue);
  const expected = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  return path === null ? expected : `${path}: ${expected}`;
}
