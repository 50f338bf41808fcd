import { type Command, CommanderError } from "commander";
import { isCodedError } from "./errors.js";
import { exitCodeFor, exitCodes } from "./exit-codes.js";
import { ExitWith } from "./exit-with.js";
import { type Io, note } from "./io.js";
import { commanderExitCode, startProgram } from "./start-program.js";

/** Runs one command line and returns its exit code; every error is shown, none is thrown. */
export async function main(args: readonly string[], io: Io, version: string): Promise<number> {
  try {
    const program = await programFor(args, io, version);
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

/** `ipa-br kconfig conf` may stand in for a program that make starts over and over: `kconfig` loads no more than it needs. */
async function programFor(args: readonly string[], io: Io, version: string): Promise<Command> {
  if (args[0] !== "kconfig") return (await import("./program.js")).createProgram(io, version);
  const program = startProgram(io, version);
  (await import("./commands/kconfig/add.js")).addKconfigCommands(program, io);
  return program;
}
