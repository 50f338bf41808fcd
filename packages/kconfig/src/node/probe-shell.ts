import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../base/abort.js";
import type { ShellResult } from "../base/host.js";
import type { ShellAnswers } from "../base/shell-answers.js";
import { TreeCache } from "../cache/tree-cache.js";
import { expandMacros } from "../model/expand-macros.js";
import type { LoadTreeOptions } from "../model/tree.js";
import { plainCommand } from "./plain-command.js";
import type { ShellPlace } from "./shell-cache.js";
import { ShellRunner } from "./shell-runner.js";

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
  const { env = {}, cache = new TreeCache() } = options;
  const readFile = (path: string): string | undefined => options.host.readFile(path);
  const runner = new ShellRunner(shell, jobs, signal);
  try {
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
      for (const _ of expandMacros({ ...options, env, cache, host: { readFile, shell: ask } })) {
        if (performance.now() - last < turnTime) continue;
        // commands that have ended make room for others
        await setImmediate();
        throwIfAborted(signal, "Asking the shell");
        last = performance.now();
      }
      if (running.size === 0) break;
      const results = await Promise.all(
        [...running].map(async ([command, result]) => [command, await result] as const),
      );
      for (const [command, result] of results) answers.set(command, result);
    }
  } finally {
    runner.close();
  }
  return Object.fromEntries(answers);
}
