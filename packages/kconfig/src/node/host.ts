import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { getBuiltinModule } from "node:process";
import { KconfigError } from "../errors.js";
import type { Environment } from "../base/environment.js";
import type { KconfigHost, ShellResult } from "../base/host.js";
import { plainCommand } from "./plain-command.js";
import type { KnownAnswers } from "./shell-cache.js";
import { shellArguments } from "./shell-arguments.js";
import { outputLimit, shellUnavailable } from "./shell-limits.js";

export interface NodeHostOptions {
  /** Allows `$(shell ...)`: commands run by `/bin/sh` with this environment. Without it there is no shell. */
  readonly shell?: {
    readonly env: Environment;
    /** The folder in which the commands run. */
    readonly cwd?: string;
    /** What commands gave before: commands that it knows are not run. */
    readonly cache?: KnownAnswers;
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
    fingerprint: (paths, texts) => `${encoding} ${texts ? digestOf(texts, encoding) : fingerprint(paths)}`,
    list: (folder) => readNames(folder, "utf8"),
  };
  const shell = options.shell;
  if (shell === undefined) return host;
  return { ...host, shell: (command) => runShell(command, { ...shell, encoding }) };
}

/** The text of a file; `undefined` where there is none. */
export function readText(path: string | Buffer, encoding: "utf8" | "latin1"): string | undefined {
  try {
    return files.read(path, true)?.toString(encoding);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR" || code === "ELOOP") return undefined;
    throw new KconfigError("FILE_UNREADABLE", `${String(path)} cannot be read: ${(cause as Error).message}.`, {
      hint: "Check the permissions of the file and of its folders.",
      details: { path: String(path), errno: code },
      cause,
    });
  }
}

/** Reads files into a buffer that is used again: most are small and there are thousands of them. */
class FileReader {
  #buffer: Buffer | undefined;
  /** How many of the next files are looked at before they are opened. */
  #looks = 0;

  /**
   * The bytes of a file, until the next one is read; `undefined` for most that are not there. `toEnd`: also of what gives
   * its bytes little by little, as pipes do.
   */
  read(path: string | Buffer, toEnd: boolean): Buffer | undefined {
    let buffer = (this.#buffer ??= Buffer.allocUnsafe(1 << 18));
    const file = this.#open(path);
    if (file === undefined) return undefined;
    try {
      for (let length = 0; ;) {
        const read = readSync(file, buffer, length, buffer.length - length, null);
        length += read;
        if (read === 0 || (!toEnd && length < buffer.length)) return buffer.subarray(0, length);
        if (length < buffer.length) continue;
        buffer = this.#buffer = Buffer.concat([buffer], 4 * buffer.length);
      }
    } finally {
      closeSync(file);
    }
  }

  /** An error costs ten times a look, and where a kernel is built outside of its tree, every other file is not there. */
  #open(path: string | Buffer): number | undefined {
    if (this.#looks > 0) {
      this.#looks--;
      if (statSync(path, { throwIfNoEntry: false }) === undefined) return this.#miss();
    }
    try {
      return openSync(path, "r");
    } catch (error) {
      this.#miss();
      throw error;
    }
  }

  #miss(): undefined {
    this.#looks = 2;
  }
}

const files = new FileReader();

/** A digest of which of the files are there and of all their bytes. */
export function fingerprint(paths: readonly (string | Buffer)[]): string {
  const hash = createHash("sha1");
  const lengths = new Int32Array(paths.length);
  for (let index = 0; index < paths.length; index++) {
    try {
      const bytes = files.read(paths[index]!, false);
      lengths[index] = bytes?.length ?? -1;
      if (bytes !== undefined && bytes.length > 0) hash.update(bytes);
    } catch {
      lengths[index] = -1;
    }
  }
  return hash.update(lengths).digest("base64");
}

/** What `fingerprint` gives for files with these contents. */
export function digestOf(texts: readonly (string | undefined)[], encoding: "utf8" | "latin1"): string {
  const hash = createHash("sha1");
  for (const text of texts) if (text !== undefined && text !== "") hash.update(text, encoding);
  const lengths = texts.map((text) => (text === undefined ? -1 : Buffer.byteLength(text, encoding)));
  return hash.update(Int32Array.from(lengths)).digest("base64");
}

/** The names in a folder; `undefined` where there is none. */
export function readNames(folder: string | Buffer, encoding: "utf8" | "latin1"): string[] | undefined {
  try {
    return readdirSync(folder === "" ? "." : folder, encoding);
  } catch {
    return undefined;
  }
}

function runShell(
  command: string,
  shell: NonNullable<NodeHostOptions["shell"]> & { readonly encoding: "utf8" | "latin1" },
): ShellResult {
  const known = plainCommand(command) ?? shell.cache?.get(command);
  if (known !== undefined) return known;
  // Where all answers are known, a process starts without it.
  const { spawnSync } = getBuiltinModule("node:child_process");
  const result = spawnSync("/bin/sh", shellArguments(command, shell.encoding), {
    // as popen does: it is in the shell's messages
    argv0: "sh",
    env: { ...shell.env },
    encoding: "latin1",
    maxBuffer: outputLimit,
    killSignal: "SIGKILL",
    stdio: ["ignore", "pipe", "pipe"],
    ...(shell.cwd === undefined ? {} : { cwd: shell.cwd }),
  });
  if (result.error !== undefined && (result.error as NodeJS.ErrnoException).code !== "ENOBUFS")
    throw shellUnavailable(command, result.error);
  const answer = { stdout: result.stdout, stderr: result.stderr, status: result.status ?? 1 };
  shell.cache?.set(command, answer);
  return answer;
}
