import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Machine } from "../../src/index.js";
import { searchPath } from "../../src/host/search-path.js";
import { bundle } from "../support/bundle.js";
import { env } from "../support/env.js";
import { needQemu, temporaryFolder } from "../support/guest.js";

/** Processes that have the text in their words or their environment: all that descend from a program that has. */
function processesWith(text: string): readonly string[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "latin1");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => read(pid, "environ").includes(text) || read(pid, "cmdline").includes(text))
    .map((pid) => `${pid} ${read(pid, "cmdline").replaceAll("\0", " ").slice(0, 200)}`);
}

it("nothing is left, whenever the launching program is killed", { timeout: 400_000 }, async (context) => {
  await needQemu(context);
  context.skip(process.platform !== "linux", "processes are looked for in /proc");
  const program = await bundle(new URL("../support/parent.ts", import.meta.url), await temporaryFolder());
  const machine: Machine = {
    arch: "x86_64",
    type: "q35",
    memory: 64,
    tpm: (await searchPath("swtpm", env)) !== undefined,
    guestAgent: true,
    screen: true,
    drives: [{ blankBytes: 1024 ** 3 }, { blankBytes: 1024 ** 3, bus: "nvme" }],
  };
  const tmp = await temporaryFolder();
  const start = () => {
    const parent = spawn(process.execPath, [program, JSON.stringify(machine)], {
      env: { ...env, TMPDIR: tmp },
      stdio: ["ignore", "pipe", "inherit"],
    });
    return { parent, lines: createInterface(parent.stdout)[Symbol.asyncIterator]() };
  };
  // The first one is for the clock, and to see that what is looked for is there.
  const first = start();
  await first.lines.next();
  const begin = performance.now();
  await first.lines.next();
  const launchMs = performance.now() - begin;
  expect(processesWith(tmp).length).toBeGreaterThan(2);
  expect(await readdir(tmp)).toHaveLength(1);
  for (let round = 0; round <= 12; round += 1) {
    const { parent, lines } = round === 0 ? first : start();
    if (round > 0) await lines.next();
    if (round > 0) await setTimeout(((round - 1) / 10) * launchMs);
    const exited = once(parent, "exit");
    parent.kill("SIGKILL");
    await exited;
    const deadline = performance.now() + 60_000;
    const left = async () => [...processesWith(tmp), ...(await readdir(tmp))];
    while ((await left()).length > 0 && performance.now() < deadline) await setTimeout(20);
    expect(await left(), `killed in round ${round}`).toEqual([]);
  }
});
