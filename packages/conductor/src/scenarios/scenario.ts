import type { AgentClient } from "../agent/client.js";
import type { MachineUnderTest, StartedMachine } from "./machine.js";
import type { RunningConductor } from "../conductor/types.js";
import type { WaitOptions } from "../types.js";

/** What a scenario works with. */
export interface ScenarioContext {
  readonly conductor: RunningConductor;
  readonly machine: MachineUnderTest;
  readonly started: StartedMachine;
  /** The conductor's address, as the machine reaches it. */
  readonly apiUrl: string;
  /** The node's UUID. */
  readonly node: string;
  /** The limit of each wait, and the caller's signal. */
  readonly patience: WaitOptions;
  /** Milliseconds that `lost-conductor` is away at the least, and `slow-network` is late. */
  readonly outageMs: number;
  /** The commands of the agent. Errors: `NO_HEARTBEAT`. */
  agent(): AgentClient;
  /** Does something and reports it; the result's words say what came. */
  step<T>(asked: string, act: () => Promise<Came<T>>): Promise<T>;
}

/** What a step brought, for the report and for the scenario. */
export interface Came<T> {
  readonly came: string;
  readonly value: T;
}

/** A scenario. */
export interface Scenario {
  /** `boot`; lower case with hyphens. */
  readonly name: string;
  /** What it proves, in one sentence. */
  readonly description: string;
  /**
   * Where its machine comes from: `running` takes the one that runs and starts one where none does, `fresh` starts anew,
   * `inspecting` starts anew an agent that inspects.
   */
  readonly start: "running" | "fresh" | "inspecting";
  /** Nobody can use the machine after it. */
  readonly ends?: boolean;
  /** Why it cannot run on this machine; undefined where it can. */
  obstacle?(machine: MachineUnderTest): string | undefined;
  run(context: ScenarioContext): Promise<void>;
}
