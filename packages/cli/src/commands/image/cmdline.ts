import { resolve } from "node:path";
import { auditFindingLines, type CommandLineReport, lintCommandLine, lintCommandLineFor } from "@ipa-br/conductor";
import { agentContract } from "@ipa-br/preset-ipa";
import { CliError } from "../../errors.js";
import { type Io, print } from "../../io.js";
import { initramfsIn, isFolder } from "./images.js";

/** What `cmdline lint` takes. */
export interface CmdlineOptions {
  readonly image?: string;
  readonly json?: boolean;
}

/**
 * `ipa-br cmdline lint TEXT`: what the agent makes of a kernel command line.
 * @throws CliError COMMAND_LINE_WRONG; ConductorError
 */
export async function cmdlineLint(io: Io, commandLine: string, options: CmdlineOptions): Promise<void> {
  const report = await lintOf(io, commandLine, options);
  if (options.json === true) print(io, JSON.stringify(report, null, 2));
  else {
    for (const { name, value } of report.parameters) print(io, value === undefined ? name : `${name} = ${value}`);
    for (const finding of report.findings) for (const line of auditFindingLines(finding)) print(io, line);
  }
  if (report.passed) return;
  const first = report.findings.find(({ severity }) => severity === "error")!;
  throw new CliError("COMMAND_LINE_WRONG", `${first.name} ${first.problem}`, { hint: first.note ?? "see above" });
}

async function lintOf(io: Io, commandLine: string, { image }: CmdlineOptions): Promise<CommandLineReport> {
  if (image === undefined) return lintCommandLine(commandLine);
  const place = resolve(io.cwd, image);
  const initramfs = isFolder(place) ? initramfsIn(place) : place;
  return lintCommandLineFor({ initramfs, commandLine, contract: agentContract, env: io.env, signal: io.signal });
}
