import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import { spawnProcess } from "../process/spawn.js";
import type { Environment } from "../types.js";
import { otherWays } from "./release.js";

export interface ToolRun {
  readonly tool: "git" | "tar";
  readonly args: readonly string[];
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly onError?: (text: string) => void;
}

/** Variables of a surrounding git command (a hook, a rebase) that would lead git elsewhere. */
const gitVariables = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
];

/** Runs git or tar and returns what it printed. Throws FETCH_FAILED with the tool's last words, or ABORTED. */
export async function runTool(run: ToolRun): Promise<string> {
  const { tool, args, signal } = run;
  if (signal?.aborted === true) throw fetchAborted(signal);
  const file = await findProgram(tool, run.env);
  if (file === undefined) {
    throw new BuildrootError(
      "FETCH_FAILED",
      `There is no program "${tool}" in PATH, and a release is fetched with it.`,
      {
        hint: `Install it: apt-get install ${tool} (Debian, Ubuntu), dnf install ${tool} (Fedora).`,
        details: { tool },
      },
    );
  }
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(run.env)) if (value !== undefined) env[name] = value;
  for (const name of gitVariables) delete env[name];
  let output = "";
  let complaints = "";
  const outcome = await spawnProcess({
    file,
    args,
    env: { ...env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" },
    output: "separate",
    signal,
    graceMs: 2000,
    onOutput: (text) => {
      output += text;
      return true;
    },
    onError: (text) => {
      complaints = (complaints + text).slice(-4096);
      run.onError?.(text);
    },
  });
  if (outcome.aborted) throw fetchAborted(signal);
  if (outcome.exitCode === 0) return output;
  const said = complaints
    .trim()
    .split(/[\r\n]+/)
    .slice(-3);
  throw new BuildrootError(
    "FETCH_FAILED",
    `${tool} failed: ${said.find((line) => /fatal|error/i.test(line)) ?? said.at(-1)}`,
    {
      hint: otherWays,
      details: { command: [file, ...args], exitCode: outcome.exitCode, cause: said },
    },
  );
}

export function fetchAborted(signal: AbortSignal | undefined, what = "the release"): BuildrootError {
  return new BuildrootError("ABORTED", `Fetching ${what} was ended on request.`, {
    hint: "Nothing half-done is used; the same again goes on with what was downloaded.",
    cause: signal?.reason,
  });
}
