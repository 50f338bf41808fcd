import nodeProcess from "node:process";
import type { Environment, ProgramAnswer } from "../types.js";

/** Long enough for any program to say its version. */
const timeoutMs = 20_000;

/** Runs a program that ends by itself, in the C locale, and keeps what it says. */
export async function runShort(
  file: string,
  args: readonly string[],
  env: Environment,
  input: string | undefined,
): Promise<ProgramAnswer> {
  const { execa } = await import("execa");
  const result = await execa(file, args, {
    env: { ...env, LC_ALL: "C" } as Record<string, string>,
    extendEnv: false,
    reject: false,
    all: true,
    stripFinalNewline: false,
    timeout: timeoutMs,
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
  });
  return { exitCode: result.exitCode, output: typeof result.all === "string" ? result.all : "" };
}

/** The umask of this process. */
export function currentUmask(): number {
  return nodeProcess.umask();
}
