import type { WaitStrategy } from "../types.js";
import { endBeforeNoise } from "./kernel-noise.js";

const prompt = new RegExp(String.raw`(?:^|\n)([^\n]*\blogin: ?)${endBeforeNoise}`);

/**
 * Waits for a getty's prompt: a line that ends in `login:` with nothing behind it yet but kernel messages, as agetty
 * and BusyBox print it (`host login: `). `Last login: Mon ...` is no prompt. Results in the prompt, which stays unread:
 * `console.login()` finds it.
 */
export function loginPrompt(): WaitStrategy<string> {
  return promptStrategy((match) => match.index);
}

/** The same for who answers the prompt: it counts as read. */
export function takenLoginPrompt(): WaitStrategy<string> {
  return promptStrategy((match) => match.index + match[0].length);
}

function promptStrategy(readUpTo: (match: RegExpExecArray) => number): WaitStrategy<string> {
  return {
    description: "a login prompt",
    async wait(context) {
      for (;;) {
        const match = prompt.exec(context.unread());
        if (match !== null) {
          context.consume(readUpTo(match));
          return (match[1] ?? "").trim();
        }
        await context.changed();
      }
    },
  };
}
