import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { endLeftovers, outputVariable } from "../../src/process/leftovers.js";
import { processesWith } from "../support/processes.js";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
});

const markOf = (number: number): string => `sleep ${number}.${process.pid}`;

/** Starts a shell in a session of its own that says when it is ready. */
async function start(script: string, output: string | undefined): Promise<void> {
  const env = { PATH: process.env["PATH"], ...(output === undefined ? {} : { [outputVariable]: output }) };
  const child = spawn("/bin/sh", ["-c", script], { env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
}

describe("endLeftovers", { timeout: 30_000 }, () => {
  it("ends whoever works in the folder, daemons and sessions of their own too, and tells how many", async () => {
    const mark = markOf(371);
    await start(`(setsid ${mark}1 &); ${mark}2 & echo ready; wait`, "/srv/out");
    await expect
      .poll(() => processesWith(mark).filter((pid) => pid > 0).length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(2);
    expect(await endLeftovers("/srv/out")).toBeGreaterThanOrEqual(3);
    expect(processesWith(mark)).toEqual([]);
  });

  it("kills what does not listen", async () => {
    const mark = markOf(372);
    await start(`trap '' TERM; echo ready; while :; do ${mark}1; done`, "/srv/out");
    await endLeftovers("/srv/out");
    expect(processesWith(mark)).toEqual([]);
  });

  it("leaves alone who works elsewhere: another folder, one whose name goes on, none at all", async () => {
    const mark = markOf(373);
    await start(`${mark}1 & echo ready; wait`, "/srv/other");
    await start(`${mark}2 & echo ready; wait`, "/srv/out2");
    await start(`${mark}3 & echo ready; wait`, undefined);
    const before = processesWith(mark);
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(await endLeftovers("/srv/out")).toBe(0);
    expect(processesWith(mark)).toEqual(before);
  });

  it("nothing at work is nothing to end", async () => {
    expect(await endLeftovers("/srv/nobody-is-here")).toBe(0);
  });
});
