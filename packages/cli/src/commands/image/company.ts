import type { ConductorEvent } from "@ipa-br/conductor";
import { type Io, note } from "../../io.js";
import { type Company, keepCompany } from "../../machine/company.js";

/** A conductor for `run --conductor`: tells where it is, and what it hears of the agent. Tokens are not shown. */
export async function conductorForPeople(io: Io, port: number): Promise<Company> {
  // a terminal that the machine's console is attached to breaks no lines by itself
  const say = (line: string) => note(io, io.stdin.isTTY === true ? `\r${line}\r` : line);
  const company = await keepCompany({ port, signal: io.signal, onEvent: (event) => tell(say, event) });
  const { conductor, apiUrl, agentPort } = company;
  const { uuid, macs } = conductor.node("vm");
  say(`Conductor at ${conductor.url}, in the machine ${apiUrl}`);
  say(
    `Node ${uuid}, card ${macs.join(", ")}; the agent will be at port ${agentPort} of 127.0.0.1, its token is not shown`,
  );
  return company;
}

function tell(say: (line: string) => void, event: ConductorEvent): void {
  if (event.type === "lookup") say(`conductor: a lookup with ${event.lookup.addresses.join(", ")}`);
  if (event.type === "inspection") say("conductor: inspection data");
  if (event.type === "heartbeat" && event.heartbeat.number === 1) {
    const { agentVersion, callbackUrl, certificate } = event.heartbeat;
    const channel = certificate ? "with a certificate" : "without a certificate";
    say(`conductor: the first heartbeat, agent ${agentVersion ?? "without version"} at ${callbackUrl}, ${channel}`);
  }
  if (event.type === "request" && event.request.status >= 400) {
    const { method, path, status, fault } = event.request;
    say(`conductor: ${method} ${path}: ${status} ${fault ?? ""}`);
  }
}
