import { earlySteps } from "./early/run-early.js";
import { laterSteps } from "./run-later.js";
import type { ConfExitCode, ConfFile, ConfOptions, ConfResult, ConfVoice } from "./types.js";
import { LineSource } from "./walk/line-source.js";
import type { ConfSteps } from "./walk/request.js";

/**
 * What the dialect's C `conf` does, without doing it: the exit code, what it prints, and the files that it writes, byte
 * for byte. What is wrong with Kconfig files is told in the tool's words. `input` is the standard input, for the modes
 * that ask. `runConfOnDisk` of `@ipa-br/kconfig/node` writes the files and can ask on a terminal.
 *
 * Throws MODE_UNSUPPORTED for a mode that the dialect's tool has not, FILE_NOT_FOUND for a missing `root`,
 * INVALID_ARGUMENT for a missing `file` or variable, ABORTED, and what the host throws.
 */
export function runConf(options: ConfOptions & { readonly input?: string }): ConfResult {
  let [stdout, stderr] = ["", ""];
  const files: ConfFile[] = [];
  const input = new LineSource();
  input.push(options.input ?? "");
  input.end();
  const steps = confSteps(options, {
    print: (text) => (stdout += text),
    complain: (text) => (stderr += text),
  });
  for (let step = steps.next(); ;) {
    if (step.done === true) return { exitCode: step.value, stdout, stderr, files };
    if (step.value.kind === "write") files.push(step.value.file);
    step = steps.next(step.value.kind === "line" ? input.next() : undefined);
  }
}

/** A run step by step: whoever drives it reads the lines and writes the files that it asks for. */
export function confSteps(options: ConfOptions, voice: ConfVoice): ConfSteps<ConfExitCode> {
  return options.dialect.semantics.early ? earlySteps(options, voice) : laterSteps(options, voice);
}
