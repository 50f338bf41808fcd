import { CommanderError } from "commander";
import { isCodedError } from "./errors.js";
import { exitCodeFor, exitCodes } from "./exit-codes.js";
import { ExitWith } from "./exit-with.js";
import { type Io, note } from "./io.js";
import { commanderExitCode, createProgram } from "./program.js";
import { renderError } from "./ui/render-error.js";

/** Runs one command line and returns its exit code; every error is shown, none is thrown. */
export async function main(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    await createProgram(io, version).parseAsync([...args], { from: "user" });
    return io.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return commanderExitCode(error);
    if (error instanceof ExitWith) return error.exitCode;
    note(io, renderError(error));
    if (io.signal.aborted) return exitCodes.interrupted;
    return isCodedError(error) ? exitCodeFor(error.code) : exitCodes.internal;
  }
}
