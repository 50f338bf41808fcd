import type { GenericSchema } from "valibot";
import { cleanSteps, deploySteps, systemLogs, type StepsByManager } from "../schemas/steps.js";
import { inventory, type Inventory } from "../schemas/inspection.js";
import type { JsonObject } from "../types.js";

/** The node as the agent's steps want it: as in a lookup's answer. */
export interface AgentNode {
  readonly uuid: string;
  readonly properties: JsonObject;
  readonly instance_info: JsonObject;
  readonly driver_internal_info: JsonObject;
}

/** An image to write, as `standby.prepare_image` wants it. */
export interface ImageInfo {
  readonly id: string;
  readonly urls: readonly string[];
  readonly disk_format: "raw" | "qcow2";
  readonly os_hash_algo: "sha256" | "sha512";
  readonly os_hash_value: string;
  readonly node_uuid?: string;
  /** Raw images are written as they come in. */
  readonly stream_raw_images?: boolean;
  readonly image_type?: "whole-disk";
}

/** The commands that this package knows: their parameters and results. Any other is run by its name with plain JSON. */
export interface AgentCommands {
  "poll.get_hardware_info": { parameters: Record<string, never>; result: Inventory };
  "clean.get_clean_steps": { parameters: StepParameters; result: { readonly clean_steps: StepsByManager } };
  "deploy.get_deploy_steps": { parameters: StepParameters; result: { readonly deploy_steps: StepsByManager } };
  "log.collect_system_logs": { parameters: Record<string, never>; result: { readonly system_logs: string } };
}

/** What commands about steps want to know. */
export interface StepParameters {
  readonly node: AgentNode;
  readonly ports: readonly JsonObject[];
}

/** The schemas of the results. */
export const resultSchemas: { readonly [Name in keyof AgentCommands]: GenericSchema<AgentCommands[Name]["result"]> } = {
  "poll.get_hardware_info": inventory,
  "clean.get_clean_steps": cleanSteps,
  "deploy.get_deploy_steps": deploySteps,
  "log.collect_system_logs": systemLogs,
};
