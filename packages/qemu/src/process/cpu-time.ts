import { readFile } from "node:fs/promises";

/** Clock ticks per second of /proc: USER_HZ is 100 on every architecture that QEMU runs KVM on (proc(5), sysconf(3)). */
const ticksPerSecond = 100;

/** Milliseconds that a process has spent on processors, its guest included; undefined where /proc does not tell. */
export async function cpuTime(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field, the name in parentheses, may hold anything: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? (ticks * 1000) / ticksPerSecond : undefined;
  } catch {
    return undefined;
  }
}
