import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileSources } from "../support/compile.js";
import { processesWith } from "../support/processes.js";
import { keptFolder } from "../support/temporary.js";

/** Runs a shell script as builds are run, and says so; `end` on standard input aborts it. */
const program = `
import { spawnProcess } from "./process/spawn.js";
const abort = new AbortController();
process.stdin.once("data", () => abort.abort());
const outcome = await spawnProcess({
  file: "/bin/sh",
  args: ["-c", process.argv[2]],
  env: { PATH: process.env.PATH },
  output: "merged",
  graceMs: 1000,
  signal: abort.signal,
  onOutput: (text) => { process.stdout.write(text); return true; },
});
process.stdin.unref();
console.log("ended " + outcome.aborted);
`;

const markOf = (number: number): string => `sleep ${number}.${process.pid}`;
/** Longer than the watchdog takes; the machine may be busy. */
const patience = { timeout: 30_000, interval: 100 };

describe("the watchdog", { timeout: 60_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  const drivers: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await keptFolder();
    const names = ["spawn", "kill-tree", "descendants", "identity", "signals", "watchdog"];
    await compileSources(folder.path, [...names.map((name) => `process/${name}`), "errors"]);
    await symlink(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder.path, "node_modules"));
    await writeFile(join(folder.path, "program.js"), program);
  });
  afterAll(async () => {
    for (const driver of drivers) driver.kill("SIGKILL");
    await folder.remove();
  });

  interface Driver {
    readonly child: ChildProcess;
    readonly ended: Promise<string>;
  }

  async function drive(script: string): Promise<Driver> {
    const child = spawn(process.execPath, [join(folder.path, "program.js"), script], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    drivers.push(child);
    let said = "";
    const ended = new Promise<string>((resolve) => child.once("close", () => resolve(said)));
    await new Promise<void>((resolve, reject) => {
      child.stdout!.on("data", (text: Buffer) => {
        said += text.toString();
        if (said.includes("ready")) resolve();
      });
      child.once("exit", () => reject(new Error(`ended before it was ready: ${said}`)));
    });
    return { child, ended };
  }

  it.each([
    ["children", (mark: string) => `${mark}1 & ${mark}2 & echo ready; wait`],
    ["a session of its own", (mark: string) => `setsid sh -c '${mark}1 & wait' & echo ready; wait`],
    [
      "a daemon",
      (mark: string) => `(setsid sh -c '(${mark}1 &)' </dev/null >/dev/null 2>&1 &); sleep 0.2; echo ready; ${mark}2`,
    ],
    ["a deaf one", (mark: string) => `trap '' TERM HUP INT; echo ready; while :; do ${mark}1; done`],
  ])("ends a run whose driver was killed by SIGKILL: %s", async (name, script) => {
    const mark = markOf(381 + name.length);
    const { child } = await drive(script(mark));
    await expect.poll(() => processesWith(mark).length, patience).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await expect.poll(() => processesWith(mark), patience).toEqual([]);
  });

  it("goes when the run does, and leaves alone what the run has left", async () => {
    const mark = markOf(431);
    // A daemon that a finished build leaves is the build's own business.
    const { ended } = await drive(`(setsid ${mark}1 </dev/null >/dev/null 2>&1 &); sleep 0.2; echo ready`);
    expect(await ended).toContain("ended false\n");
    const left = processesWith(mark);
    expect(left).toHaveLength(1);
    await expect.poll(() => watchdogsOf(drivers.at(-1)!), patience).toEqual([]);
    expect(processesWith(mark)).toEqual(left);
    process.kill(left[0]!, "SIGKILL");
  });

  it("has nothing left to do after an abort", async () => {
    const mark = markOf(432);
    const { child, ended } = await drive(`setsid ${mark}1 & echo ready; ${mark}2`);
    child.stdin!.end("end\n");
    expect(await ended).toContain("ended true\n");
    expect(processesWith(mark)).toEqual([]);
    await expect.poll(() => watchdogsOf(child), patience).toEqual([]);
  });

  it("takes no notice of the signals of a terminal", async () => {
    const mark = markOf(433);
    const { child } = await drive(`${mark}1 & echo ready; wait`);
    const watchdogs = watchdogsOf(child);
    expect(watchdogs).toHaveLength(1);
    for (const signal of ["SIGINT", "SIGHUP", "SIGQUIT", "SIGTERM"] as const) process.kill(watchdogs[0]!, signal);
    child.kill("SIGKILL");
    await expect.poll(() => processesWith(mark), patience).toEqual([]);
  });

  /** The watchdogs that a driver started: they wait at its pipe for as long as it lives. */
  function watchdogsOf(driver: ChildProcess): number[] {
    const all = processesWith("ipa-br-watchdog");
    return all.filter((pid) => parentOf(pid) === driver.pid);
  }
});

function parentOf(pid: number): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1]);
  } catch {
    return undefined;
  }
}
