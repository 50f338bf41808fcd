import type { ConfExitCode, ConfVoice } from "./types.js";

/** Ends a run before its time; what it has said and written so far stays. */
export class EarlyExit extends Error {
  readonly exitCode: ConfExitCode;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A folder can be opened, and C's scanner does not survive reading it. */
export function refuseFolder(voice: ConfVoice): never {
  voice.complain("input in flex scanner failed\n");
  throw new EarlyExit("a folder is read", 2);
}
