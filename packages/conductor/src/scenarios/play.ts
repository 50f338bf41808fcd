import { ConductorError } from "../errors.js";
import { pause } from "../wait/pause.js";
import type { Failure, ScenarioReport, StepReport } from "./report.js";
import type { Scenario, ScenarioContext } from "./scenario.js";
import type { StartedMachine } from "./machine.js";

/** What playing a scenario needs besides its context. */
export interface PlayOptions {
  readonly start: () => Promise<StartedMachine>;
  readonly signal: AbortSignal | undefined;
  /** Makes a text of others fit for a report: no token can be read in it. */
  readonly redact: (text: string) => string;
  readonly onStep: (step: StepReport) => void;
  /** Makes the context; `watch` is aborted when the machine ends, unless the scenario ends it. */
  readonly context: (started: StartedMachine, step: ScenarioContext["step"], watch: AbortSignal) => ScenarioContext;
}

/** Lines of a machine's log that a failure quotes. */
const quotedLines = 20;

/** Plays one scenario. A failure is part of the report; only the caller's abort is thrown, as `ABORTED`. */
export async function play(scenario: Scenario, options: PlayOptions): Promise<ScenarioReport> {
  const began = performance.now();
  const steps: StepReport[] = [];
  const exit = new AbortController();
  let started: StartedMachine | undefined;
  const report = (step: StepReport) => {
    const fit = { ...step, came: options.redact(step.came) };
    steps.push(fit);
    options.onStep(fit);
  };
  const step = stepper(report, exit.signal);
  const finish = (failure: Failure | undefined): ScenarioReport => ({
    ...{ name: scenario.name, outcome: failure === undefined ? "passed" : "failed", steps, reason: undefined, failure },
    durationMs: Math.round(performance.now() - began),
  });
  try {
    started = await step("the machine", async () => ({ came: "it runs", value: await options.start() }));
    watch(started, scenario, exit);
    await scenario.run(options.context(started, step, exit.signal));
    return finish(undefined);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    const { message, log, ...rest } = failureOf(error, started);
    return finish({ ...rest, message: options.redact(message), log: options.redact(log) });
  }
}

/** The reason of an abort: the machine is gone. */
class MachineEnd extends Error {}

/** Breaks off what is waited for as soon as nothing will come any more. */
function watch(started: StartedMachine, scenario: Scenario, exit: AbortController): void {
  const ends = scenario.ends === true;
  if (!ends) void started.exited.then(() => exit.abort(new MachineEnd()));
  const fails = (reason: Error) => !ends || !("code" in reason) || reason.code !== "AGENT_ENDED";
  void started.failed?.then((reason) => fails(reason) && exit.abort(reason));
}

function stepper(report: (step: StepReport) => void, exit: AbortSignal): ScenarioContext["step"] {
  return async (asked, act) => {
    const began = performance.now();
    const durationMs = () => Math.round(performance.now() - began);
    try {
      const { came, value } = await act();
      report({ asked, came, outcome: "passed", durationMs: durationMs() });
      return value;
    } catch (error) {
      const cause: unknown = await rootCause(asked, error, exit);
      const came = cause instanceof Error ? cause.message : String(cause);
      report({ asked, came, outcome: "failed", durationMs: durationMs() });
      throw cause;
    }
  };
}

/** Milliseconds in which a machine that ends while it is called is noticed. */
const noticeMs = 1000;

/** A wait that was broken off, or a call that nobody answers, is the end of the machine's doing where it ended. */
async function rootCause(asked: string, error: unknown, exit: AbortSignal): Promise<unknown> {
  const code = ConductorError.is(error) ? error.code : undefined;
  if (code !== "ABORTED" && code !== "AGENT_UNREACHABLE") return error;
  if (code === "AGENT_UNREACHABLE") await pause(noticeMs, exit).catch(() => {});
  if (!exit.aborted) return error;
  return exit.reason instanceof MachineEnd ? exited(asked) : exit.reason;
}

function exited(asked: string): ConductorError {
  return new ConductorError("MACHINE_EXITED", `The machine ended while waiting for ${asked}.`, {
    hint: "Its last lines say why, if anything does.",
  });
}

function failureOf(error: unknown, started: StartedMachine | undefined): Failure {
  const log = started?.log().trimEnd().split("\n").slice(-quotedLines).join("\n") ?? "";
  if (ConductorError.is(error)) return { code: error.code, message: error.message, hint: error.hint, log };
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof Error && "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "INTERNAL";
  return { code, message, hint, log };
}
