import { play } from "./play.js";
import { scenarios as allScenarios } from "./catalog.js";
import { Stage } from "./stage.js";
import { throwIfAborted } from "../wait/abort.js";
import type { MachineUnderTest } from "./machine.js";
import type { Report, ScenarioReport, StepReport } from "./report.js";
import type { RunningConductor } from "../conductor/types.js";
import type { Scenario } from "./scenario.js";

/** What happens during a run. */
export type ScenarioEvent =
  | { readonly type: "scenario-started"; readonly name: string; readonly description: string }
  | { readonly type: "step"; readonly scenario: string; readonly step: StepReport }
  | { readonly type: "scenario-done"; readonly scenario: ScenarioReport };

/** What `runScenarios` needs. */
export interface RunScenariosOptions {
  readonly conductor: RunningConductor;
  readonly machine: MachineUnderTest;
  /** Which ones, in this order; all unless said otherwise. */
  readonly scenarios?: readonly Scenario[];
  /** The conductor's address as the machine reaches it: `http://10.0.2.2:6385` from a VM. The conductor's own unless said otherwise. */
  readonly apiUrl?: string;
  /** Milliseconds that each step may take; 300000 unless said otherwise. */
  readonly stepTimeoutMs?: number;
  /**
   * Milliseconds that `lost-conductor` is away at the least and each answer of `slow-network` is late; 5000 unless said
   * otherwise. `lost-conductor` is away until the agent must have noticed, 0.66 of the heartbeat time-out.
   */
  readonly outageMs?: number;
  /** Aborting it ends the machine and the run. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ScenarioEvent) => void;
}

/**
 * Plays scenarios against a machine, one after the other, and reports. A scenario that fails does not end the run: the
 * next one gets a fresh machine. The machine is ended in any case.
 * Errors: `ABORTED`, `NODE_UNKNOWN`.
 */
export async function runScenarios(options: RunScenariosOptions): Promise<Report> {
  const { conductor, machine, signal, onEvent = () => {} } = options;
  throwIfAborted(signal);
  conductor.node(machine.node);
  const stage = new Stage(machine, conductor, options.apiUrl ?? conductor.url);
  const startedAt = Date.now();
  const reports: ScenarioReport[] = [];
  try {
    for (const scenario of options.scenarios ?? allScenarios) {
      throwIfAborted(signal);
      onEvent({ type: "scenario-started", name: scenario.name, description: scenario.description });
      const report = await playOrSkip(scenario, stage, options);
      reports.push(report);
      onEvent({ type: "scenario-done", scenario: report });
      if (report.outcome === "failed" || scenario.ends === true) await stage.clear();
    }
  } finally {
    await stage.clear();
  }
  const passed = reports.every(({ outcome }) => outcome !== "failed");
  return { machine: machine.description, startedAt, durationMs: Date.now() - startedAt, passed, scenarios: reports };
}

async function playOrSkip(scenario: Scenario, stage: Stage, options: RunScenariosOptions): Promise<ScenarioReport> {
  const { conductor, machine, signal, onEvent, stepTimeoutMs = 300_000, outageMs = 5000 } = options;
  const { name } = scenario;
  const reason = scenario.obstacle?.(machine);
  if (reason !== undefined) {
    return { ...{ name, outcome: "skipped", durationMs: 0, steps: [], reason }, failure: undefined };
  }
  const apiUrl = options.apiUrl ?? conductor.url;
  return play(scenario, {
    signal,
    redact: (text) => conductor.redact(text),
    start: () => stage.provide(scenario.start, signal),
    onStep: (step) => onEvent?.({ type: "step", scenario: name, step }),
    context: (started, step, watch) => ({
      ...{ conductor, machine, started, apiUrl, outageMs, step, node: conductor.node(machine.node).uuid },
      patience: { timeoutMs: stepTimeoutMs, signal: signal === undefined ? watch : AbortSignal.any([signal, watch]) },
      agent: () => conductor.agent(machine.node),
    }),
  });
}
