import { randomBytes } from "node:crypto";
import { QemuError } from "../errors.js";
import type { ExecResult, SerialConsole, WaitOptions } from "../types.js";
import { text } from "../wait/text.js";
import { shellLine } from "./shell-line.js";

/** The part of a console that running a command takes. */
export type Talking = Pick<SerialConsole, "send" | "waitFor">;

/** Errors after which the guest still runs the command. */
const unfinished: ReadonlySet<string> = new Set(["WAIT_TIMEOUT", "ABORTED"]);

/** Runs a command in the shell that listens at the console. A command that is given up gets a Ctrl-c. */
export async function exec(console: Talking, command: string, options: WaitOptions): Promise<ExecResult> {
  const id = randomBytes(6).toString("hex");
  const result = text(new RegExp(`<begin:${id}>\n([^]*?)\n<end:${id}:(\\d+)>\n`));
  console.send(shellLine(command, id));
  const end = { description: `the end of the command ${JSON.stringify(command)}`, wait: result.wait };
  const match = await console.waitFor(end, options).catch((error: unknown) => {
    if (QemuError.is(error) && unfinished.has(error.code)) console.send("\u0003");
    throw error;
  });
  return { exitCode: Number(match[2]), output: match[1] ?? "" };
}
