/** How a scenario or a step ended. */
export type Outcome = "passed" | "failed" | "skipped";

/** One step: what was asked, what came, how long it took. */
export interface StepReport {
  /** `a heartbeat`. */
  readonly asked: string;
  /** What came: in a few words, or the complaint. */
  readonly came: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** What failed, for people. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** The last lines that the machine printed. */
  readonly log: string;
}

/** A scenario and its steps, as far as it came. */
export interface ScenarioReport {
  readonly name: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly steps: readonly StepReport[];
  /** Why it was skipped. */
  readonly reason: string | undefined;
  readonly failure: Failure | undefined;
}

/** All scenarios of a run. */
export interface Report {
  /** What was tested. */
  readonly machine: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** False as soon as one scenario failed. */
  readonly passed: boolean;
  readonly scenarios: readonly ScenarioReport[];
}
