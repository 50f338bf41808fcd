import { agentRequest } from "../agent/request.js";
import type { ScenarioContext } from "./scenario.js";

/** Sends the conductor a heartbeat in the agent's place, with a token of one's own, and returns the status of the answer. */
export async function heartbeatWith(context: ScenarioContext, token: string): Promise<number> {
  const { conductor, node, patience } = context;
  const { uuid, callbackUrl = "", agentVersion = "0" } = conductor.node(node);
  const endpoint = { uuid, url: conductor.url, token: undefined, certificate: undefined };
  const body = { callback_url: callbackUrl, agent_version: agentVersion, agent_token: token };
  const headers = { "x-openstack-ironic-api-version": "1.68" };
  const answer = await agentRequest(
    endpoint,
    { method: "POST", path: `/v1/heartbeat/${uuid}`, body, headers },
    patience,
  );
  return answer.status;
}
