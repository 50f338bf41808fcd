import { CommanderError } from "commander";
import { isCodedError } from "./errors.js";
import { exitCodeFor, exitCodes } from "./exit-codes.js";
import { ExitWith } from "./exit-with.js";
import { type Io, note } from "./io.js";
import { createProgram } from "./program.js";
import { commanderExitCode } from "./start-program.js";

/** Runs one command line and returns its exit code; every error is shown, none is thrown. */
export async function main(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const program = await createProgram(io, version, args[0]);
    await program.parseAsync([...args], { from: "user" });
    return io.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return commanderExitCode(error);
    if (error instanceof ExitWith) return error.exitCode;
    const { renderError } = await import("./ui/render-error.js");
    note(io, renderError(error));
    if (io.signal.aborted) return exitCodes.interrupted;
    return isCodedError(error) ? exitCodeFor(error.code) : exitCodes.internal;
  }
}
