import type { WaitStrategy } from "../types.js";
import { text } from "./text.js";

/** Waits for a kernel panic, for tests that mean to see one; results in its cause. */
export function kernelPanic(): WaitStrategy<string> {
  const panic = text(/Kernel panic - not syncing: ?([^\n]*)\n/);
  return {
    description: "a kernel panic",
    async wait(context) {
      return (await panic.wait(context))[1] ?? "";
    },
  };
}
