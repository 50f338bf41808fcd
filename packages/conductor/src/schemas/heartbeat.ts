import * as v from "valibot";

const text = v.nullish(v.string());

/**
 * The body of `POST /v1/heartbeat/{node}`. Ironic takes these fields and no other
 * (`ironic/api/controllers/v1/ramdisk.py`).
 */
export const heartbeatBody: v.GenericSchema<HeartbeatBody> = v.strictObject({
  callback_url: v.string(),
  agent_version: text,
  agent_token: text,
  agent_verify_ca: text,
  agent_status: text,
  agent_status_message: text,
});

export interface HeartbeatBody {
  readonly callback_url: string;
  readonly agent_version?: string | null | undefined;
  readonly agent_token?: string | null | undefined;
  readonly agent_verify_ca?: string | null | undefined;
  readonly agent_status?: string | null | undefined;
  readonly agent_status_message?: string | null | undefined;
}

/** The fields of a heartbeat. */
export const heartbeatFields: readonly string[] = [
  "callback_url",
  "agent_version",
  "agent_token",
  "agent_verify_ca",
  "agent_status",
  "agent_status_message",
];
