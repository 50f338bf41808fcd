import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireLock, type LockOwner } from "../src/lock.js";
import { identify } from "../src/process/identity.js";
import { compileSources } from "./support/compile.js";
import { rejection } from "./support/errors.js";
import { temporaryFolder } from "./support/temporary.js";

const host = { uid: 1000, hostname: "here" };

async function options(): Promise<{ path: string; what: string; command: string; host: typeof host }> {
  return { path: join(await temporaryFolder(), "own/lock"), what: "The folder", command: "build all", host };
}

async function writeOwner(path: string, owner: Partial<LockOwner>): Promise<void> {
  const full = {
    hostname: "here",
    command: "build",
    since: "2026-01-01T00:00:00Z",
    nonce: crypto.randomUUID(),
    ...owner,
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(full));
}

/** A process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn("true");
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid!;
}

/** Waits for the lock, notes its coming and going, and dies of kill -9 with the lock in its hands. */
const contender = `
import { appendFileSync } from "node:fs";
import { acquireLock } from "./lock.js";
const [path, journal, name] = process.argv.slice(2);
for (;;) {
  try {
    await acquireLock({ path, what: "x", command: name, host: { uid: 0, hostname: "here" } });
    break;
  } catch (error) {
    if (error.code !== "LOCKED") throw error;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
appendFileSync(journal, "in " + name + "\\n");
await new Promise((resolve) => setTimeout(resolve, 10));
appendFileSync(journal, "out " + name + "\\n");
process.kill(process.pid, "SIGKILL");
`;

describe("acquireLock", () => {
  it("writes who holds it, refuses another and leaves nothing behind", async () => {
    const given = await options();
    const lock = await acquireLock(given);
    const owner = JSON.parse(await readFile(given.path, "utf8")) as LockOwner;
    expect(owner).toMatchObject({ pid: process.pid, hostname: "here", command: "build all" });
    expect(owner.startTime).toBe(identify(process.pid).startTime);
    const error = await rejection(acquireLock({ ...given, command: "clean" }));
    expect(error.code).toBe("LOCKED");
    expect(error.message).toBe(`The folder is in use by process ${process.pid} ("build all") since ${owner.since}.`);
    expect(error.hint).toContain(`kill ${process.pid}`);
    await lock.release();
    expect(await readdir(dirname(given.path))).toEqual([]);
  });

  it("takes over from a process that is gone", async () => {
    const given = await options();
    await writeOwner(given.path, { pid: await deadPid(), startTime: "1" });
    const reasons: string[] = [];
    const lock = await acquireLock({ ...given, onRecovered: (reason) => reasons.push(reason) });
    expect(reasons).toEqual([expect.stringMatching(/^process \d+ \("build", since 2026-01-01T00:00:00Z\) is gone$/)]);
    await lock.release();
    expect(await readdir(dirname(given.path))).toEqual([]);
  });

  it("takes over where a later process got the number", async () => {
    const given = await options();
    await writeOwner(given.path, { pid: process.pid, startTime: "1" });
    await (await acquireLock(given)).release();
    expect(existsSync(given.path)).toBe(false);
  });

  it.each(["", "\u0000\u0000\u0000", "{", '{"pid":"x"}', "[]"])(
    "takes over a file that makes no sense: %j",
    async (text) => {
      const given = await options();
      await mkdir(dirname(given.path));
      await writeFile(given.path, text);
      await (await acquireLock(given)).release();
      expect(existsSync(given.path)).toBe(false);
    },
  );

  it("does not judge processes of another machine", async () => {
    const given = await options();
    await writeOwner(given.path, { pid: await deadPid(), hostname: "there" });
    const error = await rejection(acquireLock(given));
    expect(error.code).toBe("LOCKED");
    expect(error.message).toContain("on there");
    expect(error.hint).toContain(`rm ${given.path}`);
  });

  it("takes over though a recoverer died in the midst of it", async () => {
    const given = await options();
    const nonce = crypto.randomUUID();
    await writeOwner(given.path, { pid: await deadPid(), nonce });
    await writeOwner(`${given.path}.recover-${nonce}`, { pid: await deadPid() });
    await (await acquireLock(given)).release();
    expect(await readdir(dirname(given.path))).toEqual([]);
  });

  it("lets one of many racing recoverers in, over and over", async () => {
    const given = await options();
    const dead = await deadPid();
    for (let round = 0; round < 40; round++) {
      await writeOwner(given.path, { pid: dead });
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(given)));
      const winners = results.filter((result) => result.status === "fulfilled");
      expect(winners).toHaveLength(1);
      await winners[0]!.value.release();
      expect(await readdir(dirname(given.path))).toEqual([]);
    }
  });

  it("lets one process in at a time, though each dies without releasing", { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder();
    await compileSources(folder, ["lock", "errors", "ensure-folder", "process/identity", "process/signals"]);
    await writeFile(join(folder, "contender.js"), contender);
    const path = join(folder, "own/lock");
    const journal = join(folder, "journal");
    const contend = async (name: number): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) {
        const child = spawn(process.execPath, [join(folder, "contender.js"), path, journal, `${name}.${turn}`]);
        await new Promise((resolve) => child.once("exit", resolve));
        expect(child.signalCode).toBe("SIGKILL");
      }
    };
    await Promise.all([1, 2, 3, 4].map(contend));
    const lines = (await readFile(journal, "utf8")).trim().split("\n");
    expect(lines).toHaveLength(40);
    // Every entry is followed by its own exit: nobody else was in between.
    for (let index = 0; index < lines.length; index += 2)
      expect(lines[index + 1]).toBe(lines[index]!.replace("in", "out"));
  });
});
