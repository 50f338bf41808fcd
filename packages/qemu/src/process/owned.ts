import { spawn, type ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { Duplex, Readable, Writable } from "node:stream";
import { QemuError } from "../errors.js";
import type { Command, Environment, MachineExit } from "../types.js";
import { openRoom, type Room } from "./room.js";
import { openWidePipe, type WidePipe } from "./wide-pipe.js";

/** A process that dies with this program. */
export interface OwnedProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** The fourth stream, a socket at file descriptor 3 of the process; only if it was asked for. */
  readonly control: Duplex | undefined;
  /** Resolves when the process ended and its output was read; never rejects. */
  readonly exited: Promise<MachineExit>;
  /** What the process complained about so far, bounded. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
}

/** How a process is started. */
export interface OwnedProcessOptions {
  readonly env: Environment;
  /** Opens `control`. */
  readonly control?: boolean;
  /** Who watches over it; a room of its own, which goes with the process, unless given. */
  readonly room?: Room;
}

/** Characters of the error output that are kept: the last ones. */
const stderrLimit = 64 * 1024;

/** Milliseconds for output that is still in the pipes when the process is gone. */
const drainMs = 1000;

/**
 * Starts a process of its own session, which a Ctrl-C at the terminal does not reach.
 * Errors: `QEMU_UNUSABLE` if it cannot be started, `START_FAILED` if there is no folder for throw-away files.
 */
export async function startOwned(command: Command, options: OwnedProcessOptions): Promise<OwnedProcess> {
  if (command.file.includes("/")) {
    await access(command.file, constants.X_OK).catch((cause: unknown) => {
      throw cannotStart(command, cause);
    });
  }
  const room = options.room ?? openRoom(options.env);
  const output = openWidePipe(options.env, room.folder);
  const child = spawnChild(command, options, room, output);
  const stderr = collectStderr(child);
  const { stdin } = child;
  const stdout = output?.reader ?? child.stdout;
  const exited = whenExited(child, output?.reader, stderr).finally(() => {
    if (options.room === undefined) room.close();
    else if (child.pid !== undefined) room.watchdog.forget(child.pid);
  });
  const control = options.control === true ? (child.stdio[3] as Duplex | null | undefined) : undefined;
  // Writing to a process that is gone is no news: `exited` tells.
  for (const stream of [stdin, control]) stream?.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => reject(cannotStart(command, cause)));
  });
  if (child.pid === undefined || stdin === null || stdout === null) {
    throw new QemuError("INTERNAL", `${command.file} has no process id.`);
  }
  const kill = (signal: NodeJS.Signals): void => void child.kill(signal);
  return { pid: child.pid, stdin, stdout, control: control ?? undefined, exited, stderr, kill };
}

/**
 * The program is started by a shell that first announces itself to the watchdog, and then becomes the program: told by
 * us afterwards, the watchdog would never hear of a program that was started in our last moment.
 */
function announcing(fd: number): string {
  return `(echo "watch $$" >&${fd}) 2>/dev/null; exec ${fd}>&-; exec "$@"`;
}

function spawnChild(
  command: Command,
  options: OwnedProcessOptions,
  room: Room,
  output: WidePipe | undefined,
): ChildProcess {
  const streams = ["pipe" as const, output?.writer ?? ("pipe" as const), "pipe" as const];
  const stdio = [...streams, ...(options.control === true ? ["pipe" as const] : []), room.watchdog.pipe];
  try {
    const words = ["-c", announcing(stdio.length - 1), "sh", command.file, ...command.args];
    return spawn("/bin/sh", words, { env: options.env, stdio, detached: true });
  } catch (cause) {
    // A NUL character in a word, for one: Node refuses it before there is a process.
    output?.reader.destroy();
    if (options.room === undefined) room.close();
    throw cannotStart(command, cause);
  } finally {
    if (output !== undefined) closeSync(output.writer);
  }
}

function collectStderr(child: ChildProcess): () => string {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-stderrLimit);
  });
  return () => stderr;
}

async function whenExited(
  child: ChildProcess,
  output: Readable | undefined,
  stderr: () => string,
): Promise<MachineExit> {
  const closed = [new Promise((resolve) => child.once("close", resolve))];
  if (output !== undefined) closed.push(new Promise((resolve) => output.once("close", resolve)));
  const exit = await new Promise<MachineExit>((resolve) => {
    child.once("error", (cause) => resolve({ code: null, signal: null, stderr: cause.message }));
    child.once("exit", (code, signal) => resolve({ code, signal, stderr: "" }));
  });
  if (child.pid === undefined) {
    output?.destroy();
    return exit;
  }
  const late = new AbortController();
  await Promise.race([Promise.all(closed), setTimeout(drainMs, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
  return { ...exit, stderr: stderr() };
}

function cannotStart(command: Command, cause: unknown): QemuError {
  return new QemuError(
    "QEMU_UNUSABLE",
    `${command.file} cannot be started: ${cause instanceof Error ? cause.message : String(cause)}`,
    {
      hint: `Try it by hand: ${command.file} --version`,
      details: { file: command.file },
      cause,
    },
  );
}
