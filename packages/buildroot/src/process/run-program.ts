import type { Environment } from "../types.js";
import { spawnProcess } from "./spawn.js";

export interface ProgramRun {
  /** An absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  /** A piece of standard output; then it is not kept. */
  readonly onOutput?: (text: string) => void;
}

export interface ProgramOutcome {
  /** undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  readonly output: string;
  /** The end of standard error. */
  readonly complaints: string;
  readonly aborted: boolean;
}

/** Milliseconds between SIGTERM and SIGKILL for a program that prepares something. */
const graceMs = 2000;
const keptComplaints = 64 * 1024;

/** Runs a program of the machine to its end, in the C locale, and keeps what it printed. */
export async function runProgram(run: ProgramRun): Promise<ProgramOutcome> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(run.env)) if (value !== undefined) env[name] = value;
  const output: string[] = [];
  let complaints = "";
  const { exitCode, aborted } = await spawnProcess({
    file: run.file,
    args: run.args,
    env: { ...env, LC_ALL: "C" },
    output: "separate",
    signal: run.signal,
    graceMs,
    onOutput: (text) => {
      if (run.onOutput === undefined) output.push(text);
      else run.onOutput(text);
      return true;
    },
    onError: (text) => {
      complaints = (complaints + text).slice(-keptComplaints);
    },
  });
  return { exitCode, output: output.join(""), complaints, aborted };
}

/** The lines of standard error that tell why, at most three. */
export function lastWords(complaints: string): readonly string[] {
  const lines = complaints
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => /^E:|error|fatal/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3);
}
