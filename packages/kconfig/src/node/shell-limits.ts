import { KconfigError } from "../errors.js";

/** What prints more than this is not read to its end. */
export const outputLimit: number = 1 << 20;

/** The error of a command whose shell could not be started. */
export function shellUnavailable(command: string, cause: Error): KconfigError {
  return new KconfigError("SHELL_UNAVAILABLE", `The shell cannot be started: ${cause.message}.`, {
    hint: "The dialect's macros need /bin/sh; pass a host with recorded answers where there is none.",
    details: { command },
    cause,
  });
}
