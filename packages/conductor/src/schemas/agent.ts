import * as v from "valibot";
import { jsonObject, jsonValue } from "./common.js";
import type { JsonObject, JsonValue } from "../types.js";

/** The answer of `GET /v1/status`. */
export const agentStatus: v.GenericSchema<AgentStatus> = v.looseObject({
  version: v.string(),
  started_at: v.nullable(v.number()),
});

export interface AgentStatus {
  readonly version: string;
  /** Seconds since the epoch, by the agent's clock. */
  readonly started_at: number | null;
}

/** A command's state at the agent, as each command's answer has it. Unknown fields are kept. */
export const commandResult: v.GenericSchema<CommandResult> = v.looseObject({
  id: v.string(),
  command_name: v.string(),
  command_status: v.string(),
  command_error: v.nullish(v.union([v.string(), jsonObject])),
  command_result: v.nullish(jsonValue),
});

export interface CommandResult {
  readonly id: string;
  /** Without the extension: `get_clean_steps`. */
  readonly command_name: string;
  /** RUNNING, SUCCEEDED, FAILED, CLEAN_VERSION_MISMATCH, or what later agents add. */
  readonly command_status: string;
  readonly command_error?: string | JsonObject | null | undefined;
  readonly command_result?: JsonValue | undefined;
}

/** The answer of `GET /v1/commands/`. */
export const commandList: v.GenericSchema<{ readonly commands: readonly CommandResult[] }> = v.looseObject({
  commands: v.array(commandResult),
});

/** What the agent answers where it refuses. */
export const agentFault: v.GenericSchema<{ readonly faultcode: string; readonly faultstring: string }> = v.looseObject({
  faultcode: v.string(),
  faultstring: v.string(),
});
