import { ConductorError } from "../errors.js";

/** The error for a caller that gave up. */
export function abortError(signal: AbortSignal): ConductorError {
  return new ConductorError("ABORTED", "The caller gave up.", { cause: signal.reason });
}

/** Throws `ABORTED` if the caller gave up already. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}
