import { readdirSync, readFileSync } from "node:fs";

/** The running processes (zombies left out) whose command line contains a text. */
export function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        if (/\) [ZX] /.test(readFileSync(`/proc/${name}/stat`, "latin1"))) return false;
        return readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\u0000", " ").includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
