import { getBuiltinModule, kill } from "node:process";
import { setImmediate } from "node:timers/promises";
import { throwIfAborted, type AbortSignalLike } from "../base/abort.js";
import type { ShellResult } from "../base/host.js";
import type { ShellAnswers } from "../base/shell-answers.js";
import { TreeCache } from "../cache/tree-cache.js";
import { KconfigError } from "../errors.js";
import { expandMacros } from "../model/expand-macros.js";
import type { LoadTreeOptions } from "../model/tree.js";
import { plainCommand } from "./plain-command.js";
import type { ShellPlace } from "./shell-cache.js";

export interface ProbeShellOptions extends LoadTreeOptions {
  readonly shell: ShellPlace;
  /** Answers that are known already. */
  readonly known?: (command: string) => ShellResult | undefined;
  /** How many commands may run at once. */
  readonly jobs: number;
}

/** Stands for an answer that is not there yet; a command that holds it waits for the next round. */
const open = "\u0001no answer yet\u0001";
/** For how many milliseconds files are gone through before commands get their turn. */
const turnTime = 4;
/** Answers that make commands again nest; no tree goes deeper. */
const roundLimit = 16;

/**
 * Runs the `$(shell ...)` commands of a tree, several at once, and gives their answers, for `recordingHost`. Its macros are
 * gone through in rounds: commands that hang on no other command run at once while the reading goes on, those that hang on their
 * answers in the next round. Only commands that reading the tree would run are run. Throws what `loadTree` does and ABORTED.
 */
export async function probeShell(options: ProbeShellOptions): Promise<ShellAnswers> {
  const { shell, known, jobs, signal } = options;
  const answers = new Map<string, ShellResult>();
  const { root, dialect, env = {}, cache = new TreeCache() } = options;
  const readFile = (path: string): string | undefined => options.host.readFile(path);
  const runner = new Runner(shell, jobs, signal);
  for (let round = 0; round < roundLimit; round++) {
    throwIfAborted(signal, "Asking the shell");
    const running = new Map<string, Promise<ShellResult>>();
    const ask = (command: string): ShellResult => {
      const answer = answers.get(command) ?? plainCommand(command) ?? known?.(command);
      if (answer !== undefined) {
        answers.set(command, answer);
        return answer;
      }
      if (!command.includes(open) && !running.has(command)) {
        const result = runner.run(command);
        // a failure is looked at when all files are gone through
        result.catch(() => undefined);
        running.set(command, result);
      }
      return { stdout: open, stderr: "", status: 0 };
    };
    let last = performance.now();
    for (const _ of expandMacros({ root, dialect, env, cache, host: { readFile, shell: ask } })) {
      if (performance.now() - last < turnTime) continue;
      // commands that have ended make room for others
      await setImmediate();
      throwIfAborted(signal, "Asking the shell");
      last = performance.now();
    }
    if (running.size === 0) break;
    const results = await Promise.all([...running].map(async ([command, result]) => [command, await result] as const));
    for (const [command, result] of results) answers.set(command, result);
  }
  return Object.fromEntries(answers);
}

/** Runs commands by `/bin/sh`, at most `jobs` at once. */
class Runner {
  readonly #place: ShellPlace;
  readonly #signal: AbortSignalLike | undefined;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(place: ShellPlace, jobs: number, signal: AbortSignalLike | undefined) {
    this.#place = place;
    this.#free = jobs;
    this.#signal = signal;
  }

  run(command: string): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      const start = (): void => this.#start(command, resolve, reject);
      if (this.#free > 0) start();
      else this.#waiting.push(start);
    });
  }

  #start(command: string, resolve: (result: ShellResult) => void, reject: (error: unknown) => void): void {
    const signal = this.#signal instanceof AbortSignal ? this.#signal : undefined;
    if (signal?.aborted === true) return reject(abortion(signal));
    this.#free--;
    const { env, cwd } = this.#place;
    const { spawn } = getBuiltinModule("node:child_process");
    // in a group of its own, so that what the shell has started ends with it
    const child = spawn("/bin/sh", ["-c", command], {
      cwd,
      env: { ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const abort = (): void => {
      try {
        if (child.pid !== undefined) kill(-child.pid, "SIGKILL");
      } catch {
        // it has ended by itself
      }
    };
    signal?.addEventListener("abort", abort, { once: true });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("latin1").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("latin1").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status) => {
      signal?.removeEventListener("abort", abort);
      this.#free++;
      this.#waiting.shift()?.();
      if (signal?.aborted === true) reject(abortion(signal));
      else resolve({ stdout, stderr, status: status ?? 1 });
    });
  }
}

function abortion(signal: AbortSignal): KconfigError {
  return new KconfigError("ABORTED", "Asking the shell was interrupted.", {
    hint: "Nothing was changed; start again.",
    cause: signal.reason,
  });
}
