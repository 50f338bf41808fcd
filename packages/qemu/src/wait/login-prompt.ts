import type { WaitStrategy } from "../types.js";
import { endBeforeNoise } from "./kernel-noise.js";

const prompt = new RegExp(String.raw`(?:^|\n)([^\n]*\blogin: ?)${endBeforeNoise}`);

/** Characters at the end in which the prompt is looked for: a boot log is long, and comes in many pieces. */
const tailLength = 16 * 1024;

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
        const unread = context.unread();
        const skipped = Math.max(0, unread.length - tailLength);
        const match = prompt.exec(unread.slice(skipped));
        if (match !== null) {
          context.consume(skipped + readUpTo(match));
          return (match[1] ?? "").trim();
        }
        await context.changed();
      }
    },
  };
}
