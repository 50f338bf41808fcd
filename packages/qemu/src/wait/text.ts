import type { WaitStrategy } from "../types.js";

/** Waits until the guest prints a text, or something that a regular expression matches; results in the match. */
export function text(pattern: string | RegExp): WaitStrategy<RegExpExecArray> {
  const escaped = typeof pattern === "string" ? pattern.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&") : undefined;
  const expression = escaped === undefined ? new RegExp(pattern, stateless(pattern as RegExp)) : new RegExp(escaped);
  const shown = typeof pattern === "string" ? JSON.stringify(pattern) : String(pattern);
  return {
    description: `the text ${shown}`,
    async wait(context) {
      for (;;) {
        const match = expression.exec(context.unread());
        if (match !== null) {
          context.consume(match.index + match[0].length);
          return match;
        }
        await context.changed();
      }
    },
  };
}

/** Without `g` and `y`, which would make a second look start where the first ended. */
function stateless(pattern: RegExp): string {
  return pattern.flags.replaceAll(/[gy]/g, "");
}
