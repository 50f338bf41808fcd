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
    const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
    const pid = Number(line);
    expect(alive(pid)).toBe(true);
    parent.kill(signal);
    await until(() => !alive(pid));
    expect(alive(pid)).toBe(false);
  },
);

it("leaves a process and its folder alone once it stands down", async () => {
  const folder = join(await temporaryFolder(), "kept");
  await mkdir(folder);
  const child = spawn("sleep", ["600"]);
  const watchdog = startWatchdog(env, folder);
  watchdog.watch(child.pid ?? 0);
  watchdog.standDown();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(alive(child.pid ?? 0)).toBe(true);
  expect(existsSync(folder)).toBe(true);
  child.kill();
  await once(child, "exit");
});

it("leaves the folder alone if it never watched", async () => {
  const folder = join(await temporaryFolder(), "kept");
  await mkdir(folder);
  startWatchdog(env, folder).standDown();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(existsSync(folder)).toBe(true);
});
