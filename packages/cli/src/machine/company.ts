import { type ConductorEvent, type RunningConductor, startConductor } from "@ipa-br/conductor";
import type { Machine } from "@ipa-br/qemu";
import { agentArguments, agentMac, hostInGuest } from "./agent-machine.js";
import { freePort } from "./free-port.js";

/** A conductor that keeps a machine company, and what the machine needs to find it. */
export interface Company {
  readonly conductor: RunningConductor;
  /** The conductor's address as the machine reaches it. */
  readonly apiUrl: string;
  /** The port of this host that leads to the agent. */
  readonly agentPort: number;
}

/** Starts a conductor with one node, the machine's. Errors: those of `startConductor`. */
export async function keepCompany(options: {
  readonly port: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ConductorEvent) => void;
}): Promise<Company> {
  const conductor = await startConductor({ ...options, nodes: [{ name: "vm", macs: [agentMac] }] });
  return { conductor, apiUrl: `http://${hostInGuest}:${conductor.port}`, agentPort: await freePort() };
}

/** The machine with the agent's parameters, its address and port, and a blank disk of 4.5 GiB to deploy to. */
export function inCompany(machine: Machine, { apiUrl, agentPort }: Company): Machine {
  const [nic = {}, ...others] = machine.nics ?? [];
  const forwards = [...(nic.forwards ?? []), { hostPort: agentPort, guestPort: 9999 }];
  return {
    ...machine,
    append: [...agentArguments({ apiUrl }, agentPort), machine.append].join(" "),
    nics: [{ ...nic, mac: agentMac, forwards }, ...others],
    drives: [...(machine.drives ?? []), { blankBytes: 4.5 * 2 ** 30 }],
  };
}
