import type { BuildResult, BuildrootEvent, ConfigureResult, Problem, RebuildAdvice } from "@ipa-br/buildroot";
import { isCodedError } from "../errors.js";
import { type Io, print } from "../io.js";

/** The version of what `--json` prints. Another one only if something is renamed, removed or means something else. */
export const eventsVersion = 1;

/** What `build --json` and `configure --json` print, a line each; beside the driver's events those of this command. */
export type CommandEvent =
  | BuildrootEvent
  /** The host was looked at. */
  | { readonly type: "host"; readonly checks: number; readonly problems: readonly Problem[] }
  /** `build --explain`. */
  | ({ readonly type: "rebuild-advice" } & RebuildAdvice)
  | ({ readonly type: "configured" } & ConfigureResult)
  | ({ readonly type: "built" } & BuildResult)
  /** The last line of a command that did not succeed. */
  | {
      readonly type: "failed";
      readonly code: string;
      readonly message: string;
      readonly hint: string | undefined;
      readonly details: Readonly<Record<string, unknown>>;
    };

/** Prints an event as a line of JSON. */
export function printEvent(io: Io, event: CommandEvent): void {
  print(io, JSON.stringify({ schema: eventsVersion, ...event }));
}

/** Runs a command; with `json` its failure is an event too, before the error is shown to people. */
export async function endingInEvents(
  io: Io,
  { json }: { readonly json?: boolean },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (json === true && isCodedError(error)) {
      const { code, message, hint, details } = error;
      printEvent(io, { type: "failed", code, message, hint, details });
    }
    throw error;
  }
}
