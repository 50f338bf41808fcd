import { ConductorError } from "../errors.js";
import type { Came } from "./scenario.js";

/** Fails the step with this sentence where the condition does not hold. Errors: `CHECK_FAILED`. */
export function check(condition: boolean, otherwise: string, hint = "The agent's log says more."): asserts condition {
  if (!condition) throw new ConductorError("CHECK_FAILED", otherwise, { hint });
}

/** What a step brought. */
export function came<T>(words: string, value: T): Came<T> {
  return { came: words, value };
}

/** Runs what must fail with this code, and returns the error's message. Errors: `CHECK_FAILED`. */
export async function refused(act: () => Promise<unknown>, code: string): Promise<string> {
  const error: unknown = await act().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  check(error !== undefined, "It was accepted.");
  if (!ConductorError.is(error) || error.code !== code) throw error;
  return error.message;
}
