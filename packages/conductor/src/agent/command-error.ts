import { ConductorError } from "../errors.js";
import { redactText } from "../http/redact.js";
import type { CommandResult } from "../schemas/agent.js";

/** The error for a command that did not succeed, with what the agent said of it. */
export function commandFailed(name: string, state: CommandResult, token: string | undefined): ConductorError {
  const said = redactText(reasonOf(state.command_error), token);
  return new ConductorError("COMMAND_FAILED", `The agent's ${name} ended as ${state.command_status}: ${said}`, {
    hint: "The agent's log says more: run the scenario logs, or log.collect_system_logs.",
    details: { command: name, id: state.id, status: state.command_status, error: said },
  });
}

/** The words of an error, looked for where Ironic looks (`get_command_error` in `ironic/drivers/modules/agent_client.py`). */
function reasonOf(error: CommandResult["command_error"]): string {
  if (error === null || error === undefined) return "no reason given";
  if (typeof error === "string") return error;
  const { details, message } = error;
  if (typeof details === "string" && details !== "") return details;
  return typeof message === "string" && message !== "" ? message : JSON.stringify(error);
}
