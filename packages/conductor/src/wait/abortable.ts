import { Change } from "./change.js";
import type { WaitOptions } from "../types.js";

/**
 * Waits for a promise no longer than that. Errors: `WAIT_TIMEOUT`, `ABORTED`, and those of the promise.
 * @param wanted completes the sentence "waited for ..."
 */
export async function abortable<T>(promise: Promise<T>, wanted: string, options: WaitOptions): Promise<T> {
  const change = new Change();
  let done: { readonly value: Promise<T> } | undefined;
  const finish = () => {
    done = { value: promise };
    change.notify();
  };
  promise.then(finish, finish);
  const found = await change.until(() => done, wanted, options);
  return found.value;
}
