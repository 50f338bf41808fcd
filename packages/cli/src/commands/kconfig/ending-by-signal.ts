import { constants } from "node:os";
import process from "node:process";
import { ExitWith } from "../../exit-with.js";

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs what stands for a program of others: where a signal ended it in order, the process ends by that signal, without a
 * word, as theirs does. Shells and make tell that from an exit code: a loop of a script ends with Ctrl+C only so.
 */
export async function endingBySignal(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  let received: (typeof names)[number] | undefined;
  const note = (name: NodeJS.Signals): void => {
    received ??= names.find((known) => known === name);
  };
  for (const name of names) process.prependListener(name, note);
  try {
    await work();
  } catch (error) {
    if (received === undefined || !signal.aborted) throw error;
    process.removeAllListeners(received);
    process.kill(process.pid, received);
    // where the signal is not to be had
    throw new ExitWith(128 + constants.signals[received]);
  } finally {
    for (const name of names) process.off(name, note);
  }
}
