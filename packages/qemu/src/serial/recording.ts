import type { RecordedOutput } from "../types.js";

/** Console output with the moment of each piece, bounded. */
export interface Recording {
  add(atMs: number, text: string): void;
  readonly pieces: readonly RecordedOutput[];
  readonly text: string;
}

/** Characters that are kept: hours of a talkative boot, and no danger to the program's memory. */
const defaultLimit = 4 * 1024 * 1024;

/** A recording that forgets its oldest pieces when it holds more than `limit` characters. */
export function createRecording(limit: number = defaultLimit): Recording {
  let pieces: RecordedOutput[] = [];
  let length = 0;
  return {
    add(atMs, text) {
      const kept = text.slice(-limit);
      pieces.push({ atMs, text: kept });
      length += kept.length;
      if (length <= limit) return;
      // A quarter at once: dropping the first piece each time would move the whole list for every piece.
      let drop = 0;
      while (length > limit * 0.75 && drop < pieces.length - 1) length -= pieces[drop++]?.text.length ?? 0;
      pieces = pieces.slice(drop);
    },
    get pieces() {
      return [...pieces];
    },
    get text() {
      return pieces.map((piece) => piece.text).join("");
    },
  };
}
