import { spawn } from "node:child_process";
import { runVariable } from "./descendants.js";

/**
 * Waits for a line from its owner. If the pipe closes without one, the owner was killed: then it ends the group and every process
 * that carries the run's mark, first by SIGTERM, after two seconds by SIGKILL. It is a shell: one that waits costs next to nothing.
 */
const script = `
trap '' HUP INT TERM QUIT
read -r word && exit 0
group=$1 mark=$2
marked() { grep -l -s -F -e "$mark" /proc/[0-9]*/environ | sed -e 's,^/proc/,,' -e 's,/environ$,,'; }
end() {
  found=$(marked)
  [ -n "$found" ] || return 1
  [ "$group" = 0 ] || kill -s "$1" -- "-$group" 2>/dev/null
  for pid in $found; do kill -s "$1" "$pid" 2>/dev/null; done
  return 0
}
end TERM || exit 0
for round in 1 2 3 4 5 6 7 8 9 10; do
  sleep 0.2
  [ -n "$(marked)" ] || exit 0
done
for round in 1 2 3 4 5; do
  end KILL || exit 0
  sleep 0.1
done
`;

/** The watchdog needs grep, sed and sleep, wherever the caller's PATH leads. */
const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };

/**
 * Until `release` is called, the processes of a run end when this process does, even by SIGKILL. `group` is the process group that
 * they began in, 0 if that is our own.
 */
export function startWatchdog(group: number, run: string): { release(): void } {
  const child = spawn("/bin/sh", ["-c", script, "ipa-br-watchdog", String(group), `${runVariable}=${run}`], {
    cwd: "/",
    detached: true,
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without one the build goes on; it is only needed if we are killed.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.unref();
  const pipe: { unref?: () => void } = child.stdin as { unref?: () => void };
  pipe.unref?.();
  return {
    release(): void {
      child.stdin.end("done\n");
    },
  };
}
