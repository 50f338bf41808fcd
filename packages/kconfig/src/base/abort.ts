import { KconfigError } from "../errors.js";

/** Throws ABORTED where the signal is aborted; `work` names what was under way. */
export function throwIfAborted(signal: AbortSignalLike | undefined, work: string): void {
  if (signal?.aborted !== true) return;
  throw new KconfigError("ABORTED", `${work} was interrupted.`, {
    hint: "Nothing was changed; start again.",
    cause: signal.reason,
  });
}

/** What is needed of an AbortSignal. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}
