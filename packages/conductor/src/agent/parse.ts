import * as v from "valibot";
import { agentFault } from "../schemas/agent.js";
import { complaint } from "../schemas/common.js";
import { ConductorError } from "../errors.js";
import { redactText } from "../http/redact.js";
import type { AgentAnswer } from "./request.js";
import type { AgentEndpoint } from "./endpoint.js";

/**
 * The agent's answer as the schema says.
 * Errors: `AGENT_UNAUTHORIZED` (401), `AGENT_BUSY` (409), `AGENT_REFUSED` (else from 400 on), `AGENT_ANSWER_INVALID`.
 * @param asked completes the sentence "the agent refused ..."
 */
export function parseAnswer<T>(
  schema: v.GenericSchema<T>,
  answer: AgentAnswer,
  endpoint: AgentEndpoint,
  asked: string,
): T {
  const json = parseJson(answer.text);
  if (answer.status >= 400) throw refusal(answer.status, json, endpoint, asked);
  if (json === undefined) throw invalid(asked, "it is no JSON", endpoint);
  return parseValue(schema, json, endpoint, asked);
}

/** A part of an answer as the schema says. Errors: `AGENT_ANSWER_INVALID`. */
export function parseValue<T>(schema: v.GenericSchema<T>, value: unknown, endpoint: AgentEndpoint, asked: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw invalid(asked, complaint(result.issues), endpoint);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(asked: string, reason: string, endpoint: AgentEndpoint): ConductorError {
  return new ConductorError(
    "AGENT_ANSWER_INVALID",
    `The agent's answer to ${asked} is not what the protocol says: ${reason}.`,
    {
      hint: "Check which version the agent has: status() tells.",
      details: { uuid: endpoint.uuid, asked },
    },
  );
}

function refusal(status: number, json: unknown, endpoint: AgentEndpoint, asked: string): ConductorError {
  const parsed = v.safeParse(agentFault, json);
  const said = parsed.success ? parsed.output.faultstring : "no reason given";
  const faultstring = redactText(said, endpoint.token);
  const details = { uuid: endpoint.uuid, asked, status, faultstring };
  if (status === 401) {
    return new ConductorError("AGENT_UNAUTHORIZED", `The agent refused the token for ${asked}: ${faultstring}`, {
      hint: "The agent holds another token: it was started before the conductor, or the node was forgotten in between.",
      details,
    });
  }
  if (status === 409) {
    return new ConductorError("AGENT_BUSY", `The agent is busy and did not take ${asked}: ${faultstring}`, {
      hint: "Wait until its last command is done: commands() tells.",
      details,
    });
  }
  return new ConductorError("AGENT_REFUSED", `The agent refused ${asked} with ${status}: ${faultstring}`, {
    hint: "Check the command's name and parameters.",
    details,
  });
}
