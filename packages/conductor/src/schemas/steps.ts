import * as v from "valibot";
import { jsonObject } from "./common.js";
import type { JsonObject } from "../types.js";

/** A step that a hardware manager offers. Unknown fields are kept. */
export const step: v.GenericSchema<Step> = v.looseObject({
  step: v.string(),
  priority: v.number(),
  interface: v.string(),
  argsinfo: v.nullish(jsonObject),
});

export interface Step {
  readonly step: string;
  /** 0: only where it is asked for. */
  readonly priority: number;
  readonly interface: string;
  readonly argsinfo?: JsonObject | null | undefined;
}

/** Steps by hardware manager. */
export type StepsByManager = Readonly<Record<string, readonly Step[]>>;

const byManager = v.record(v.string(), v.array(step));

/** The result of `clean.get_clean_steps`. */
export const cleanSteps: v.GenericSchema<{ readonly clean_steps: StepsByManager }> = v.looseObject({
  clean_steps: byManager,
});

/** The result of `deploy.get_deploy_steps`. */
export const deploySteps: v.GenericSchema<{ readonly deploy_steps: StepsByManager }> = v.looseObject({
  deploy_steps: byManager,
});

/** The result of `log.collect_system_logs`: a tar.gz in base64. */
export const systemLogs: v.GenericSchema<{ readonly system_logs: string }> = v.looseObject({ system_logs: v.string() });
