import { onAbort } from "./abort.js";

/** Resolves after that time, or as soon as the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    const forget = onAbort(signal, done);
    function done(): void {
      clearTimeout(timer);
      // The first call may come while onAbort() runs, before there is something to forget.
      queueMicrotask(() => forget());
      resolve();
    }
  });
}

/** Milliseconds between two tries to reach a guest that is not there yet. */
export const betweenTriesMs = 250;
