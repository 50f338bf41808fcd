import type { Command, Environment, MachineExit } from "../types.js";
import { onAbort, throwIfAborted } from "./abort.js";
import { startOwned } from "./owned.js";
import type { Room } from "./room.js";

/** What a short process said, and how it ended. */
export interface Captured extends MachineExit {
  readonly stdout: string;
  /** Why it was killed, if it was. */
  readonly gaveUp: string | undefined;
}

/** How long a short process may take. */
export interface CaptureOptions {
  readonly env: Environment;
  readonly signal?: AbortSignal;
  /** Where it runs; see `startOwned`. */
  readonly room?: Room;
  /** Asked every 50 ms with what the process said so far: a text kills the process and becomes `gaveUp`. */
  readonly giveUp: (state: { pid: number; elapsedMs: number; stderr: string }) => Promise<string | undefined>;
}

/** Characters of the output that are kept. */
const stdoutLimit = 64 * 1024;

/** Runs a process to its end. Errors: `QEMU_UNUSABLE`, `ABORTED`. */
export async function capture(command: Command, options: CaptureOptions): Promise<Captured> {
  throwIfAborted(options.signal);
  const started = performance.now();
  const child = await startOwned(command, options);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout = (stdout + chunk).slice(0, stdoutLimit);
  });
  const forget = onAbort(options.signal, () => child.kill("SIGKILL"));
  let gaveUp: string | undefined;
  let over = false;
  const exited = child.exited.then((exit) => {
    over = true;
    return exit;
  });
  while (!over) {
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 50))]);
    if (over) break;
    gaveUp = await options.giveUp({ pid: child.pid, elapsedMs: performance.now() - started, stderr: child.stderr() });
    if (gaveUp !== undefined) child.kill("SIGKILL");
    if (gaveUp !== undefined) break;
  }
  const exit = await exited;
  forget();
  throwIfAborted(options.signal);
  return { ...exit, stdout, gaveUp };
}
