import * as v from "valibot";

/** The answer of `GET /`, as far as the agent reads it. */
export const discoveryAnswer: v.GenericSchema<DiscoveryAnswer> = v.looseObject({
  default_version: v.looseObject({ version: v.pipe(v.string(), v.regex(/^\d+\.\d+$/)) }),
});

export interface DiscoveryAnswer {
  readonly default_version: { readonly version: string };
}
