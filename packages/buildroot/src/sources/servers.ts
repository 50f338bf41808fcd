import { BuildrootError } from "../errors.js";
import type { SourcePlace } from "./source-types.js";

/** A server is given up for the rest of the run after so many files in a row that it did not answer for. */
const patience = 2;

/** Which servers do not answer at all: one that is not there costs its time-outs once, not for every file. */
export class Servers {
  readonly #failures = new Map<string, number>();

  isDead(place: SourcePlace): boolean {
    return (this.#failures.get(serverOf(place)) ?? 0) >= patience;
  }

  answered(place: SourcePlace): void {
    this.#failures.delete(serverOf(place));
  }

  failed(place: SourcePlace, error: unknown): void {
    // An answer, even "404", is a sign of life; a wrong file is one too.
    const silent = BuildrootError.is(error) && error.code === "FETCH_FAILED" && error.cause !== undefined;
    if (!silent) this.answered(place);
    else if (serverOf(place) !== "")
      this.#failures.set(serverOf(place), (this.#failures.get(serverOf(place)) ?? 0) + 1);
  }
}

export function serverOf({ url }: SourcePlace): string {
  return url.startsWith("file:") ? "" : new URL(url).host;
}
