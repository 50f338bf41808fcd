import { execFile } from "node:child_process";
import nodeProcess from "node:process";
import type { Environment, ProgramAnswer } from "../types.js";

/** Long enough for any program to say its version. */
const timeoutMs = 20_000;
/** Bytes; `locale -a` says most. */
const mostOutput = 16 * 1024 * 1024;

/** Runs a program that ends by itself, in the C locale, and keeps what it says. */
export function runShort(
  file: string,
  args: readonly string[],
  env: Environment,
  input: string | undefined,
): Promise<ProgramAnswer> {
  return new Promise((resolve) => {
    const options = { env: { ...env, LC_ALL: "C" }, timeout: timeoutMs, maxBuffer: mostOutput };
    const child = execFile(file, args, options, (error, output, complaints) => {
      const code = error === null ? 0 : error.code;
      const gap = output === "" || output.endsWith("\n") ? "" : "\n";
      resolve({ exitCode: typeof code === "number" ? code : undefined, output: `${output}${gap}${complaints}` });
    });
    // It need not read what it is given.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

/** The umask of this process. */
export function currentUmask(): number {
  return nodeProcess.umask();
}
