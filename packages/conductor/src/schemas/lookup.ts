import * as v from "valibot";
import { jsonObject } from "./common.js";

/** The query of `GET /v1/lookup`: addresses divided by commas, and the UUID if the agent knows it. */
export const lookupQuery: v.GenericSchema<LookupQuery> = v.object({
  addresses: v.optional(v.string()),
  node_uuid: v.optional(v.string()),
});

export interface LookupQuery {
  readonly addresses?: string | undefined;
  readonly node_uuid?: string | undefined;
}

/** What a lookup is answered with, as far as the agent reads it. */
export const lookupAnswer: v.GenericSchema<LookupAnswer> = v.looseObject({
  node: v.looseObject({
    uuid: v.string(),
    properties: jsonObject,
    instance_info: jsonObject,
    driver_internal_info: jsonObject,
  }),
  config: v.looseObject({ heartbeat_timeout: v.number(), agent_token: v.string() }),
});

export interface LookupAnswer {
  readonly node: {
    readonly uuid: string;
    readonly properties: v.InferOutput<typeof jsonObject>;
    readonly instance_info: v.InferOutput<typeof jsonObject>;
    readonly driver_internal_info: v.InferOutput<typeof jsonObject>;
  };
  readonly config: { readonly heartbeat_timeout: number; readonly agent_token: string };
}
