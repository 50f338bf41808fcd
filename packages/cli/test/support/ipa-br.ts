import { execFile, spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The repository's root. */
export const repository: string = path("../../../../").replace(/\/$/, "");
export const miniroot: string = `${repository}/examples/miniroot`;
export const externalTree: string = `${repository}/buildroot-ipa`;
/** The command as it is published. */
export const bin: string = path("../../dist/bin.js");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a test: the machine's PATH and nothing of the user's settings. */
export function cleanEnvironment(more: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", XDG_CACHE_HOME: `${repository}/.cache`, ...more };
}

/** Runs `ipa-br ARGS` to its end. */
export function ipaBr(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...args],
      { cwd: options.cwd ?? "/", env: options.env ?? cleanEnvironment(), maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Starts `ipa-br ARGS` and leaves it running. */
export function startIpaBr(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [bin, ...args], {
    cwd: "/",
    env: cleanEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
}
