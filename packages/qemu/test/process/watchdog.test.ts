import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { startWatchdog } from "../../src/process/watchdog.js";
import { bundle } from "../support/bundle.js";
import { env } from "../support/env.js";
import { needQemu, temporaryFolder } from "../support/guest.js";

/** True while the process exists and is no zombie waiting for its parent. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!condition() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

it.for(["SIGKILL", "SIGTERM"] as const)(
  "QEMU ends when its parent is ended by %s",
  { timeout: 120_000 },
  async (signal, context) => {
    await needQemu(context);
    const program = await bundle(new URL("../support/parent.ts", import.meta.url), await temporaryFolder());
    const machine = JSON.stringify({ arch: "x86_64", memory: 64 });
    const parent = spawn(process.execPath, [program, machine], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let pid = Number.NaN;
    for await (const line of createInterface(parent.stdout)) {
      pid = Number(line);
      if (pid > 0) break;
    }
    expect(alive(pid)).toBe(true);
    parent.kill(signal);
    await until(() => !alive(pid));
    expect(alive(pid)).toBe(false);
  },
);

/** A process that announces itself as the package's own do. */
function announced(watchdog: ReturnType<typeof startWatchdog>) {
  const script = '(echo "watch $$" >&3) 2>/dev/null; exec 3>&-; exec sleep 600';
  return spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "ignore", "ignore", watchdog.pipe] });
}

it("leaves processes and folder alone once it stands down", async () => {
  const folder = join(await temporaryFolder(), "kept");
  await mkdir(folder);
  const watchdog = startWatchdog(env, folder);
  const child = announced(watchdog);
  watchdog.standDown();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(alive(child.pid ?? 0)).toBe(true);
  expect(existsSync(folder)).toBe(true);
  child.kill();
  await once(child, "exit");
});

it("kills what announced itself, not what is forgotten, and removes the folder when its pipe ends", async () => {
  const folder = join(await temporaryFolder(), "removed");
  await mkdir(join(folder, "sub"), { recursive: true });
  const watchdog = startWatchdog(env, folder);
  const [first, second] = [announced(watchdog), announced(watchdog)];
  const ended = once(first, "exit");
  await new Promise((resolve) => setTimeout(resolve, 300));
  watchdog.forget(second.pid ?? 0);
  watchdog.pipe.end();
  expect((await ended)[1]).toBe("SIGKILL");
  await until(() => !existsSync(folder));
  expect(existsSync(folder)).toBe(false);
  expect(alive(second.pid ?? 0)).toBe(true);
  second.kill();
  await once(second, "exit");
});
