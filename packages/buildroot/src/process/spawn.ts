import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { BuildrootError } from "../errors.js";
import { runVariable } from "./descendants.js";
import type { ProcessIdentity } from "./identity.js";
import { killTree, type KillOptions } from "./kill-tree.js";
import { ownGroup } from "./signals.js";
import { startWatchdog } from "./watchdog.js";

export interface SpawnOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * merged: standard output and error through one pipe, in the order they were written. separate: two pipes.
   * inherit: the terminal is handed through, and the process stays in our group, or it would lose the terminal.
   */
  readonly output: "merged" | "separate" | "inherit";
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly onStart?: (pid: number) => void;
  /** A piece of standard output. `false` pauses it until `resume` is called. */
  readonly onOutput?: (text: string, resume: () => void) => boolean;
  /** The same as bytes; then `onOutput` is not called. */
  readonly onBytes?: (bytes: Buffer, resume: () => void) => boolean;
  /** A piece of standard error; separate output only. */
  readonly onError?: (text: string) => void;
  readonly onSignal?: KillOptions["onSignal"];
}

export interface SpawnOutcome {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly aborted: boolean;
  /** Processes that took no notice of SIGKILL; empty but for a hung kernel. */
  readonly survivors: readonly ProcessIdentity[];
}

/** How long a pipe may stay silent once the process has ended, before it is given up: a child may hold it for ever. */
const silenceMs = 300;

/**
 * Runs a program in a process group of its own and resolves once it has ended, and on abort once everything it started has
 * ended, even if a child still holds its output. Rejects only if the program cannot be started.
 */
export async function spawnProcess(options: SpawnOptions): Promise<SpawnOutcome> {
  // Loading it takes longer than most of this package's functions, which start nothing.
  const { execa } = await import("execa");
  const run = randomUUID();
  const group = options.output !== "inherit";
  const [file, args] =
    options.output === "merged"
      ? ["/bin/sh", ["-c", 'exec "$@" 2>&1', "sh", options.file, ...options.args]]
      : [options.file, [...options.args]];
  const child = execa(file, args, {
    env: { ...options.env, [runVariable]: run },
    extendEnv: false,
    detached: group,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: group ? "ignore" : "inherit",
    stdout: group ? "pipe" : "inherit",
    stderr: options.output === "separate" ? "pipe" : options.output === "merged" ? "ignore" : "inherit",
  });
  const { pid } = child;
  if (pid === undefined) {
    throw new BuildrootError("INTERNAL", `${options.file} cannot be started.`, {
      hint: "Check that it is a program of this machine, and that there are processes to be had (ulimit -u).",
      cause: await child,
    });
  }
  // The promise of execa waits for the pipes, which a child may hold; what counts here is the end of the process.
  void child.then(undefined, () => undefined);

  const owned = group ? ownGroup(pid) : undefined;
  const watchdog = startWatchdog(group ? pid : 0, run);
  const pipes = [
    options.onBytes === undefined
      ? followText(child.stdout, options.onOutput ?? (() => true))
      : follow(child.stdout, options.onBytes),
    followText(child.stderr, (text) => {
      options.onError?.(text);
      return true;
    }),
  ];
  const exited = new Promise<{ exitCode: number | undefined; signal: string | undefined }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }));
  });
  let killing: Promise<readonly ProcessIdentity[]> | undefined;
  const abort = (): void => {
    killing ??= killTree({
      pid,
      group,
      run,
      graceMs: options.graceMs,
      ...(options.onSignal === undefined ? {} : { onSignal: options.onSignal }),
    });
  };
  options.onStart?.(pid);
  options.signal?.addEventListener("abort", abort, { once: true });
  if (options.signal?.aborted === true) abort();
  try {
    const ended = await exited;
    const survivors = (await killing) ?? [];
    await Promise.all(pipes.map((pipe) => pipe.finish()));
    return { ...ended, aborted: killing !== undefined, survivors };
  } finally {
    options.signal?.removeEventListener("abort", abort);
    owned?.release();
    watchdog.release();
  }
}

interface Followed {
  finish(): Promise<void>;
}

function followText(stream: Readable | null, onText: (text: string, resume: () => void) => boolean): Followed {
  stream?.setEncoding("utf8");
  return follow<string>(stream, onText);
}

function follow<Piece extends string | Buffer>(
  stream: Readable | null,
  onPiece: (piece: Piece, resume: () => void) => boolean,
): Followed {
  if (stream === null) return { finish: () => Promise.resolve() };
  let last = Date.now();
  stream.on("error", () => undefined);
  stream.on("data", (piece: Piece) => {
    last = Date.now();
    if (!onPiece(piece, () => stream.resume())) stream.pause();
  });
  const closed = new Promise<void>((resolve) => stream.once("close", () => resolve()));
  return {
    async finish(): Promise<void> {
      last = Date.now();
      const timer = setInterval(() => {
        if (!stream.isPaused() && Date.now() - last > silenceMs) stream.destroy();
      }, silenceMs / 4);
      await closed;
      clearInterval(timer);
    },
  };
}
