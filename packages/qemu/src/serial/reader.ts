import { createPanicWatch, type PanicWatch } from "./panic.js";
import { plainTextFilter } from "./plain-text.js";

/** The readable side of a console: what was printed and not read yet, and what stands on the screen. */
export interface ConsoleReader {
  /** Takes the next piece as it came from the guest. */
  add(chunk: string): void;
  unread(): string;
  consume(length: number): void;
  /** The last lines, without empty ones at the end. */
  screen(lines: number): string;
  readonly panics: Pick<PanicWatch, "panic" | "last" | "count">;
  /** Calls the listener behind every piece; the returned function ends that. */
  onChange(listener: () => void): () => void;
}

/** Characters of unread text that are kept: what nobody waited for in that much output is not waited for any more. */
const unreadLimit = 1024 * 1024;
/** Characters of the screen that are kept for messages. */
const screenLimit = 64 * 1024;

/** A reader at the start of a console. */
export function createReader(): ConsoleReader {
  const filter = plainTextFilter();
  const watch = createPanicWatch();
  const listeners = new Set<() => void>();
  let unread = "";
  let recent = "";
  return {
    add(chunk) {
      const plain = filter(chunk);
      unread = (unread + plain).slice(-unreadLimit);
      recent = (recent + plain).slice(-screenLimit);
      watch.add(plain);
      for (const listener of listeners) listener();
    },
    unread: () => unread,
    consume(length) {
      unread = unread.slice(length);
    },
    screen: (lines) => recent.trimEnd().split("\n").slice(-lines).join("\n"),
    panics: watch,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
