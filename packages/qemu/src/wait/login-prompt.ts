import type { WaitStrategy } from "../types.js";
import { text } from "./text.js";

/**
 * Waits for a getty's prompt: a line that ends in `login:` with nothing behind it yet, as agetty and BusyBox print it
 * (`host login: `). `Last login: Mon ...` is no prompt. Results in the line.
 */
export function loginPrompt(): WaitStrategy<string> {
  const prompt = text(/(?:^|\n)([^\n]*\blogin: ?)$/);
  return {
    description: "a login prompt",
    async wait(context) {
      const match = await prompt.wait(context);
      return (match[1] ?? "").trim();
    },
  };
}
