import { BuildrootError, type BuildFailure, type BuildrootErrorCode, type FailureCommands } from "./errors.js";
import type { Cause } from "./log/cause.js";
import { lineAt } from "./log/explain.js";
import { makeArguments } from "./make-arguments.js";
import type { SpawnOutcome } from "./process/spawn.js";
import type { Session } from "./session.js";

/** What is known of a run beside its log. */
export interface FailedRun {
  readonly targets: readonly string[];
  readonly logPath: string;
  /** What a failure is called. */
  readonly failure: Extract<BuildrootErrorCode, "BUILD_FAILED" | "CONFIGURE_FAILED" | "MAKE_FAILED" | "SAVE_FAILED">;
}

/** Throws ABORTED if the signal came before anything began. */
export function refuseAborted(signal: AbortSignal | undefined, session: Session): void {
  if (signal?.aborted === true) throw abortedError(session, signal, undefined);
}

export function abortedError(
  session: Session,
  signal: AbortSignal | undefined,
  current: string | undefined,
): BuildrootError {
  const during = current === undefined ? "" : ` while ${current} was being worked on`;
  return new BuildrootError("ABORTED", `make in ${session.layout.root} was ended on request${during}.`, {
    hint: "What was finished stays: the same command again resumes at the step that was cut off.",
    details: { output: session.layout.root, package: current },
    cause: signal?.reason,
  });
}

/** The error for a make that failed, with all that its log told. */
export async function failureOf(
  session: Session,
  run: FailedRun,
  outcome: SpawnOutcome,
  cause: Cause,
): Promise<BuildrootError> {
  const { package: name, version, step, kind, lines } = cause;
  const resume = run.failure === "BUILD_FAILED" && name !== undefined ? resumeOf(name) : "the same again";
  const logLine = await lineAt(run.logPath, cause.offset).catch(() => undefined);
  const details: BuildFailure = {
    package: name,
    version,
    step,
    kind,
    cause: lines.slice(0, 20),
    logPath: run.logPath,
    logLine,
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    resume,
    commands: failureCommands(session, run, name, logLine),
    alsoFailed: cause.alsoFailed,
  };
  const what = [name === undefined ? undefined : [name, version].filter(Boolean).join(" "), step]
    .filter(Boolean)
    .join(": ");
  const where = what === "" ? `make ${run.targets.join(" ")}`.trimEnd() : what;
  const first = lines[0]?.endsWith(":") === true && lines.length > 2 ? `${lines[0]} ${lines[1]!.trim()}` : lines[0];
  const why = first ?? (outcome.signal === undefined ? `status ${outcome.exitCode}` : `ended by ${outcome.signal}`);
  return new BuildrootError(run.failure, `${where} failed: ${why}`, {
    hint: `The log is ${run.logPath}. Once the cause is mended: ${resume}.`,
    details: { ...details, output: session.layout.root },
  });
}

function failureCommands(
  session: Session,
  { targets, logPath }: FailedRun,
  name: string | undefined,
  logLine: number | undefined,
): FailureCommands {
  const make = (words: readonly string[]): string =>
    ["make", ...makeArguments(session.settings, words)].filter((word) => word !== "--no-print-directory").join(" ");
  return {
    log: logLine === undefined ? `less ${logPath}` : `less +${logLine} ${logPath}`,
    retry: name === undefined ? undefined : make([name]),
    restart: name === undefined ? undefined : make([`${name}-dirclean`, name]),
    resume: make(targets),
  };
}

function resumeOf(name: string): string {
  return `build again (or, to begin ${name} anew, first make ${name}-dirclean)`;
}
