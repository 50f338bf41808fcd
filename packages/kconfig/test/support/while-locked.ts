import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Runs `work` while no other process does; a lock whose owner is gone is taken over. */
export function whileLocked<Result>(lock: string, work: () => Result): Result {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (ownerIsGone(lock)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function ownerIsGone(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, "utf8"));
    return owner > 0 && spawnSync("kill", ["-0", String(owner)], { stdio: "ignore" }).status !== 0;
  } catch {
    return false;
  }
}
