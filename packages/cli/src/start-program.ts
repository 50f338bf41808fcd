import { Command, type CommanderError } from "commander";
import { exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";

/** The command line without any command. */
export function startProgram(io: Io, version: string): Command {
  return new Command("ipa-br")
    .description("Build an OpenStack Ironic Python Agent ramdisk with Buildroot, and boot it.")
    .version(version)
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .showHelpAfterError("(ipa-br --help lists the commands and options)");
}

/** The exit code for what commander itself ended with: help and version are no errors. */
export function commanderExitCode(error: CommanderError): number {
  return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
