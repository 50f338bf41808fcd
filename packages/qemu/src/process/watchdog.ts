import { spawn } from "node:child_process";
import type { Environment } from "../types.js";

/**
 * Kills a process as soon as this program is gone, however it went: also by SIGKILL, where no handler of its own runs.
 *
 * A shell holds the reading end of a pipe whose other end only this program has. A line on it is the order to stand
 * down; the end of the pipe without one means that this program died. (QEMU does not do so on its own: it goes on when
 * its standard input or its QMP connection closes; `-run-with exit-with-parent=on` came with QEMU 10.2 only.)
 * The shell has a session of its own, so a Ctrl-C at the terminal does not reach it, and holds nothing else open.
 */
const script = `trap '' HUP INT QUIT TERM
read -r pid || exit 0
read -r order && exit 0
kill -KILL "$pid"
[ -z "$1" ] || rm -rf -- "$1"`;

/** Waits for a process to watch. */
export interface Watchdog {
  /** From now on the process dies with this program. Call it in the same turn that started the process. */
  watch(pid: number): void;
  /** The process is gone, or was never started: nothing is killed or removed any more. */
  standDown(): void;
}

/** Starts a watchdog before the process it is to watch. `folder` is removed too if this program dies. */
export function startWatchdog(env: Environment, folder?: string): Watchdog {
  const child = spawn("/bin/sh", ["-c", script, "watchdog", folder ?? ""], {
    cwd: "/",
    env: { PATH: env["PATH"] ?? "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const pipe = child.stdin;
  // Without a shell the process merely lives on after a crash of this program: no reason to refuse to run it.
  child.on("error", () => {});
  pipe.on("error", () => {});
  child.unref();
  (pipe as unknown as { unref?: () => void }).unref?.();
  let watching = false;
  return {
    watch(pid) {
      watching = true;
      pipe.write(`${pid}\n`);
    },
    standDown() {
      // A shell that knows no process yet leaves at the bare end of the pipe.
      pipe.end(watching ? "stand down\n" : "");
    },
  };
}
