import {
  type ConductorEvent,
  type Report,
  runScenarios,
  type Scenario,
  type ScenarioEvent,
  startConductor,
} from "@ipa-br/conductor";
import { agentMac, agentMachine, type AgentMachineOptions, hostInGuest } from "./agent-machine.js";
import { byLines } from "./by-lines.js";

/** What `verifyImages` needs. */
export interface VerifyOptions extends Omit<AgentMachineOptions, "onEvent" | "onOutput"> {
  /** Which scenarios, in this order; all unless said otherwise. */
  readonly scenarios?: readonly Scenario[];
  /** Milliseconds that each step may take; 600000 unless said otherwise, since TCG is slow. */
  readonly stepTimeoutMs?: number;
  /** Milliseconds, see `runScenarios`. */
  readonly outageMs?: number;
  /** Seconds: the agent sends a heartbeat every 0.3 to 0.6 of them; 15 unless said otherwise. */
  readonly heartbeatTimeout?: number;
  readonly signal?: AbortSignal;
  readonly onMachineEvent?: AgentMachineOptions["onEvent"];
  readonly onConductorEvent?: (event: ConductorEvent) => void;
  readonly onScenarioEvent?: (event: ScenarioEvent) => void;
  /** Told what the machine prints, whole lines of it in which no token can be read. */
  readonly onOutput?: (lines: string) => void;
}

/**
 * Boots the images in virtual machines with throw-away disks and plays scenarios against their agent.
 * Errors: those of `startConductor` and `runScenarios`; what the machine or the agent does wrong is part of the report.
 */
export async function verifyImages(options: VerifyOptions): Promise<Report> {
  const { signal, onConductorEvent, onMachineEvent, onScenarioEvent, onOutput, ...machine } = options;
  const conductor = await startConductor({
    nodes: [{ name: "vm", macs: [agentMac] }],
    heartbeatTimeout: options.heartbeatTimeout ?? 15,
    ...(signal === undefined ? {} : { signal }),
    ...(onConductorEvent === undefined ? {} : { onEvent: onConductorEvent }),
  });
  const { uuid } = conductor.node("vm");
  try {
    return await runScenarios({
      conductor,
      machine: agentMachine(uuid, {
        ...machine,
        ...(onMachineEvent === undefined ? {} : { onEvent: onMachineEvent }),
        ...(onOutput === undefined ? {} : { onOutput: byLines((lines) => onOutput(conductor.redact(lines))) }),
      }),
      apiUrl: `http://${hostInGuest}:${conductor.port}`,
      stepTimeoutMs: options.stepTimeoutMs ?? 600_000,
      ...(options.outageMs === undefined ? {} : { outageMs: options.outageMs }),
      ...(options.scenarios === undefined ? {} : { scenarios: options.scenarios }),
      ...(signal === undefined ? {} : { signal }),
      ...(onScenarioEvent === undefined ? {} : { onEvent: onScenarioEvent }),
    });
  } finally {
    await conductor.stop();
  }
}
