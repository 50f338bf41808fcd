import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import type { Environment } from "../types.js";

/**
 * Kills processes as soon as this program is gone, however it went: also by SIGKILL, where no handler of its own runs.
 *
 * A shell holds the reading end of a pipe whose other end only this program has, and for a moment each process that it
 * starts. `leave` on it is the order to stand down; the end of the pipe without one means that this program died. (QEMU
 * does not do so on its own: it goes on when its standard input or its QMP connection closes;
 * `-run-with exit-with-parent=on` came with QEMU 10.2 only.)
 * The shell has a session of its own, so a Ctrl-C at the terminal does not reach it, and holds nothing else open.
 * A process that is being killed may still make a file while its folder is removed: then the folder is removed again.
 */
const script = `trap '' HUP INT QUIT TERM
pids=
while read -r order pid; do
  case $order in
    watch) pids="$pids $pid" ;;
    forget) rest=; for one in $pids; do [ "$one" = "$pid" ] || rest="$rest $one"; done; pids=$rest ;;
    leave) exit 0 ;;
  esac
done
for pid in $pids; do kill -KILL "$pid"; done
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }`;

/** Waits for this program's end. */
export interface Watchdog {
  /** Where processes announce themselves: a line `watch PID`. Whoever holds it keeps the watchdog waiting. */
  readonly pipe: Writable;
  /** That process is gone: its number may be another's tomorrow. */
  forget(pid: number): void;
  /** Nothing is killed or removed any more. */
  standDown(): void;
}

/** Starts a watchdog; `folder`, which need not exist yet, is removed if this program dies. */
export function startWatchdog(env: Environment, folder: string): Watchdog {
  const child = spawn("/bin/sh", ["-c", script, "watchdog", folder], {
    cwd: "/",
    env: { PATH: env["PATH"] ?? "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const pipe = child.stdin;
  // Without a shell the processes merely live on after a crash of this program: no reason to refuse to run them.
  child.on("error", () => {});
  pipe.on("error", () => {});
  child.unref();
  (pipe as unknown as { unref?: () => void }).unref?.();
  return {
    pipe,
    forget: (pid) => void pipe.write(`forget ${pid}\n`),
    standDown: () => void pipe.end("leave\n"),
  };
}
