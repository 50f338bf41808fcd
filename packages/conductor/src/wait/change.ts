import { abortError } from "./abort.js";
import { ConductorError } from "../errors.js";
import type { WaitOptions } from "../types.js";

/** Wakes who waits for a condition whenever something changed. */
export class Change {
  readonly #listeners = new Set<() => void>();
  #ended: ConductorError | undefined;

  /** Something changed: conditions are looked at again. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Nothing will change any more: who waits gets this error. */
  end(error: ConductorError): void {
    this.#ended ??= error;
    this.notify();
  }

  /**
   * Resolves with what `check` finds as soon as it finds something.
   * Errors: `WAIT_TIMEOUT`, `ABORTED`, and the error of `end`.
   * @param wanted completes the sentence "waited for ..."
   */
  until<T>(check: () => T | undefined, wanted: string, options: WaitOptions): Promise<T> {
    const { timeoutMs, signal } = options;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        signal?.removeEventListener("abort", aborted);
        act();
      };
      const aborted = () => settle(() => reject(abortError(signal!)));
      const look = () => {
        const found = check();
        if (found !== undefined) settle(() => resolve(found));
        else if (this.#ended !== undefined) settle(() => reject(this.#ended));
      };
      const timer = setTimeout(() => settle(() => reject(timeoutError(wanted, timeoutMs))), timeoutMs);
      this.#listeners.add(look);
      signal?.addEventListener("abort", aborted, { once: true });
      if (signal?.aborted === true) aborted();
      else look();
    });
  }
}

function timeoutError(wanted: string, timeoutMs: number): ConductorError {
  return new ConductorError("WAIT_TIMEOUT", `Waited ${timeoutMs / 1000} s for ${wanted}, in vain.`, {
    hint: "Look at the agent's log, and whether its ipa-api-url leads to the conductor.",
    details: { timeoutMs },
  });
}
