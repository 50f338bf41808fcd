import { BuildrootError } from "./errors.js";
import { CauseFinder, recentTold } from "./log/cause.js";
import { causeScanner } from "./log/explain.js";
import { LogFile } from "./log/file.js";
import { LineSplitter } from "./log/lines.js";
import { parseStep } from "./log/step.js";
import { StepClock } from "./log/step-clock.js";
import { makeArguments, makeEnvironment } from "./make-arguments.js";
import { abortedError, failureOf, refuseAborted, type FailedRun } from "./make-errors.js";
import { outputVariable } from "./process/leftovers.js";
import { spawnProcess, type SpawnOutcome } from "./process/spawn.js";
import type { Session } from "./session.js";
import type { StepRecord } from "./types.js";

export interface MakeRun {
  readonly targets: readonly string[];
  /** Before the targets: `-j4`. */
  readonly flags?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Over the session's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface LoggedRun extends MakeRun, FailedRun {
  /** Called before a step that make prints is told. */
  readonly beforeStep?: () => void;
}

export interface FinishedRun {
  readonly seconds: number;
  readonly steps: readonly StepRecord[];
}

/** make gets this long to end its recipes after SIGTERM. */
const graceMs = 5000;

/** Runs make with its output in a log and in events. Throws `failure` with the cause, or ABORTED. */
export async function runLogged(session: Session, run: LoggedRun): Promise<FinishedRun> {
  refuseAborted(run.signal, session);
  const command = commandOf(session, run);
  const log = await LogFile.create(run.logPath);
  const head = Buffer.from(`# ${command.join(" ")}\n`);
  log.write(head, () => undefined);
  const steps = new StepClock();
  const cause = new CauseFinder();
  // The cause is looked for in the bytes, as in a log that is read later; offsets are the log's.
  const scanner = causeScanner(cause);
  scanner.push(head);
  const decoder = new TextDecoder();
  const lines = new LineSplitter((text) => {
    const step = parseStep(text);
    if (step !== undefined) {
      run.beforeStep?.();
      const at = Date.now();
      steps.begin(step, at);
      session.emit({ type: "step", at, ...step });
    }
    session.emit({ type: "line", text });
  });
  const started = performance.now();
  let outcome: SpawnOutcome;
  try {
    outcome = await spawnProcess({
      file: session.make,
      args: command.slice(1),
      env: environmentOf(session, run, "none"),
      output: "merged",
      signal: run.signal,
      graceMs,
      onStart: (pid) => session.emit({ type: "command", command, pid, at: Date.now() }),
      onBytes: (bytes, resume) => {
        scanner.push(bytes);
        lines.push(decoder.decode(bytes, { stream: true }));
        return log.write(bytes, resume);
      },
      onSignal: (signal, pids) => session.emit({ type: "stopping", signal, pids }),
    });
    scanner.end();
    lines.push(decoder.decode());
    lines.end();
  } finally {
    await log.close();
  }
  const seconds = secondsSince(started);
  session.emit({ type: "exit", exitCode: outcome.exitCode, signal: outcome.signal, seconds });
  if (outcome.aborted) throw abortedError(session, run.signal, steps.current?.package);
  if (outcome.exitCode !== 0) throw await failureOf(session, run, outcome, cause.result(scanner.lastLines(recentTold)));
  return { seconds, steps: steps.end(Date.now()) };
}

/** Runs make with the terminal handed through (menuconfig). Throws MAKE_FAILED or ABORTED. */
export async function runInherited(session: Session, run: MakeRun): Promise<FinishedRun> {
  refuseAborted(run.signal, session);
  const command = commandOf(session, run);
  const started = performance.now();
  const outcome = await spawnProcess({
    file: session.make,
    args: command.slice(1),
    env: environmentOf(session, run, "inherit"),
    output: "inherit",
    signal: run.signal,
    graceMs,
    onStart: (pid) => session.emit({ type: "command", command, pid, at: Date.now() }),
    onSignal: (signal, pids) => session.emit({ type: "stopping", signal, pids }),
  });
  const seconds = secondsSince(started);
  session.emit({ type: "exit", exitCode: outcome.exitCode, signal: outcome.signal, seconds });
  if (outcome.aborted) throw abortedError(session, run.signal, undefined);
  if (outcome.exitCode !== 0) {
    throw new BuildrootError("MAKE_FAILED", `make ${run.targets.join(" ")} failed with status ${outcome.exitCode}.`, {
      hint: "make has said why on the terminal.",
      details: { targets: run.targets, exitCode: outcome.exitCode, signal: outcome.signal },
    });
  }
  return { seconds, steps: [] };
}

/** Runs make for what it prints (list-defconfigs, show-info). Throws MAKE_FAILED with the last lines of standard error, or ABORTED. */
export async function runCaptured(session: Session, run: MakeRun): Promise<string> {
  refuseAborted(run.signal, session);
  const command = commandOf(session, run);
  const output: string[] = [];
  let complaints = "";
  const outcome = await spawnProcess({
    file: session.make,
    args: command.slice(1),
    env: environmentOf(session, run, "none"),
    output: "separate",
    signal: run.signal,
    graceMs,
    onOutput: (text) => output.push(text) > 0,
    onError: (text) => {
      complaints = (complaints + text).slice(-16_384);
    },
  });
  if (outcome.aborted) throw abortedError(session, run.signal, undefined);
  if (outcome.exitCode === 0) return output.join("");
  const said = complaints.trim().split("\n").slice(-5);
  throw new BuildrootError("MAKE_FAILED", `make ${run.targets.join(" ")} failed: ${said.at(-1)}`, {
    hint: `Type it to see all: ${command.join(" ")}`,
    details: { targets: run.targets, exitCode: outcome.exitCode, cause: said },
  });
}

function environmentOf(session: Session, run: MakeRun, terminal: "none" | "inherit"): Record<string, string> {
  const { root } = session.layout;
  return { ...makeEnvironment(session.settings, session.env, terminal), ...run.env, [outputVariable]: root };
}

function commandOf(session: Session, run: MakeRun): string[] {
  return [session.make, ...(run.flags ?? []), ...makeArguments(session.settings, run.targets, run.variables)];
}

function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}
