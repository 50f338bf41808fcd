import { QemuError } from "../errors.js";

/** The error for a caller that gave up. */
export function abortError(signal: AbortSignal): QemuError {
  return new QemuError("ABORTED", "The caller gave up.", { cause: signal.reason });
}

/** Throws `ABORTED` if the caller gave up already. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}

/** Calls `listener` when the signal is aborted, also if it is so already; the returned function forgets it. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) listener();
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
