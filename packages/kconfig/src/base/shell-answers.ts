import type { KconfigHost, ShellResult } from "./host.js";

/** What commands gave, by command: a plain record that can be kept as JSON. */
export type ShellAnswers = Readonly<Record<string, ShellResult>>;

/** A host that remembers what commands give, and asks for each command once. */
export interface RecordingHost extends KconfigHost {
  shell(command: string): ShellResult;
  /** All answers so far. */
  answers(): ShellAnswers;
}

const unanswered: ShellResult = { stdout: "", stderr: "", status: 127 };

/**
 * A host over another one that asks its shell for each command once. `answers` are known from before; they hold as long
 * as the tools and the environment are the same. Without a shell behind it, commands without an answer give nothing and
 * status 127: that is how a tree with `$(shell ...)` is evaluated in a browser.
 */
export function recordingHost(host: KconfigHost, answers: ShellAnswers = {}): RecordingHost {
  const known = new Map(Object.entries(answers));
  return {
    readFile: (path) => host.readFile(path),
    ...(host.list === undefined ? {} : { list: (folder) => host.list!(folder) }),
    shell(command) {
      let answer = known.get(command);
      if (answer === undefined) {
        answer = host.shell?.(command) ?? unanswered;
        if (host.shell !== undefined) known.set(command, answer);
      }
      return answer;
    },
    answers: () => Object.fromEntries(known),
  };
}
