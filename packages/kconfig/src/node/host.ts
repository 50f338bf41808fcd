import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { KconfigError } from "../errors.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost, ShellResult } from "../base/host.js";

export interface NodeHostOptions {
  /** Allows `$(shell ...)`: commands run by `/bin/sh` with this environment. Without it there is no shell. */
  readonly shell?: {
    readonly env: Environment;
    /** The folder in which the commands run. */
    readonly cwd?: string;
  };
  /** `utf8` (the default) or `latin1`, which keeps every byte of a file that is not UTF-8. */
  readonly encoding?: "utf8" | "latin1";
}

/**
 * Files of the local file system, and the shell where `options.shell` allows it. `readFile` throws FILE_UNREADABLE for a
 * file that is there but cannot be read.
 */
export function nodeHost(options: NodeHostOptions = {}): KconfigHost {
  const encoding = options.encoding ?? "utf8";
  const host: KconfigHost = {
    readFile: (path) => readText(path, encoding),
  };
  const shell = options.shell;
  if (shell === undefined) return host;
  return { ...host, shell: (command) => runShell(command, shell) };
}

function readText(path: string, encoding: "utf8" | "latin1"): string | undefined {
  try {
    return readFileSync(path, encoding);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw new KconfigError("FILE_UNREADABLE", `${path} cannot be read: ${(cause as Error).message}.`, {
      hint: "Check the permissions of the file and of its folders.",
      details: { path, errno: code },
      cause,
    });
  }
}

function runShell(command: string, shell: NonNullable<NodeHostOptions["shell"]>): ShellResult {
  const result = spawnSync("/bin/sh", ["-c", command], {
    env: { ...shell.env },
    encoding: "latin1",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    ...(shell.cwd === undefined ? {} : { cwd: shell.cwd }),
  });
  if (result.error !== undefined) {
    throw new KconfigError("SHELL_UNAVAILABLE", `The shell cannot be started: ${result.error.message}.`, {
      hint: "The dialect's macros need /bin/sh; pass a host with recorded answers where there is none.",
      details: { command },
      cause: result.error,
    });
  }
  return { stdout: result.stdout, stderr: result.stderr, status: result.status ?? 1 };
}
