import type { WaitStrategy } from "../types.js";
import type { AgentInfo, GuestAgent } from "../types/agent.js";

/** Waits until the guest agent answers: `agentAnswer(running.agent)`; results in what it is and can do. */
export function agentAnswer(agent: GuestAgent): WaitStrategy<AgentInfo> {
  return {
    description: "the guest agent",
    wait: ({ signal }) => agent.info({ timeoutMs: Number.POSITIVE_INFINITY, signal }),
  };
}
