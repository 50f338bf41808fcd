import { randomBytes } from "node:crypto";
import type { ExecResult, SerialConsole, WaitOptions } from "../types.js";
import { text } from "../wait/text.js";
import { shellLine } from "./shell-line.js";

/** The part of a console that running a command takes. */
export type Talking = Pick<SerialConsole, "send" | "waitFor">;

/** Runs a command in the shell that listens at the console. */
export async function exec(console: Talking, command: string, options: WaitOptions): Promise<ExecResult> {
  const id = randomBytes(6).toString("hex");
  const result = text(new RegExp(`<begin:${id}>\n([^]*?)\n<end:${id}:(\\d+)>\n`));
  console.send(shellLine(command, id));
  const match = await console.waitFor(
    { description: `the end of the command ${JSON.stringify(command)}`, wait: result.wait },
    options,
  );
  return { exitCode: Number(match[2]), output: match[1] ?? "" };
}
