import type { ConfExitCode } from "./types.js";

/** Ends a run before its time; what it has said and written so far stays. */
export class EarlyExit extends Error {
  readonly exitCode: ConfExitCode;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
