import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { BuildrootEvent } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { processesWith } from "../support/processes.js";
import { smallBuildroot } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

/** A command that nobody else on the machine runs, to find it by; a digit is to follow. */
const markOf = (number: number): string => `sleep ${number}.${process.pid}`;

/** Starts a build, waits for its line "ready", aborts and tells how long the end took. */
async function abortWhenReady(rules: string, mark: string): Promise<{ seconds: number; events: BuildrootEvent[] }> {
  const events: BuildrootEvent[] = [];
  const buildroot = await smallBuildroot(await temporaryFolder(), rules, { onEvent: (event) => events.push(event) });
  await buildroot.configure({ defconfig: "small" });
  const abort = new AbortController();
  const run = buildroot.build({ signal: abort.signal });
  for await (const event of run) if (event.type === "line" && event.text === "ready") break;
  await delay(150);
  expect(processesWith(mark).length).toBeGreaterThan(0);
  const started = performance.now();
  abort.abort();
  const error = await rejection(run.result);
  expect(error.code).toBe("ABORTED");
  return { seconds: (performance.now() - started) / 1000, events };
}

describe("aborting a build", { timeout: 30_000 }, () => {
  it("ends a setsid grandchild that holds standard output", async () => {
    const mark = markOf(340);
    const { seconds } = await abortWhenReady(`\t@setsid sh -c '${mark}1 & wait' & echo ready; ${mark}2`, mark);
    expect(processesWith(mark)).toEqual([]);
    expect(seconds).toBeLessThan(3);
  });

  it("ends a daemon that left the family before", async () => {
    const mark = markOf(341);
    const { seconds } = await abortWhenReady(
      `\t@(setsid sh -c '${mark}1 & ' &) ; sleep 0.2; echo ready; sleep 3412`,
      mark,
    );
    expect(processesWith(mark)).toEqual([]);
    expect(seconds).toBeLessThan(3);
  });

  it("kills what does not listen to SIGTERM", async () => {
    const mark = markOf(342);
    const { seconds, events } = await abortWhenReady(
      `\t@trap '' TERM; echo ready; while :; do ${mark}1; done & trap '' TERM; wait`,
      mark,
    );
    expect(processesWith(mark)).toEqual([]);
    expect(seconds).toBeLessThan(10);
    const stopping = events.filter((event) => event.type === "stopping");
    expect(stopping.map((event) => event.type === "stopping" && event.signal)).toEqual(["SIGTERM", "SIGKILL"]);
  });

  it("does nothing at all when it was aborted before", async () => {
    const folder = await temporaryFolder();
    const buildroot = await smallBuildroot(folder, "\t@echo built > $(O)/built");
    await buildroot.configure({ defconfig: "small" });
    const error = await rejection(buildroot.build({ signal: AbortSignal.abort("no") }).result);
    expect(error.code).toBe("ABORTED");
    expect(error.cause).toBe("no");
  });
});

it("settles though a daemon of a finished build holds standard output", async () => {
  const buildroot = await smallBuildroot(await temporaryFolder(), "\t@(sleep 4 &) ; echo done");
  await buildroot.configure({ defconfig: "small" });
  const started = performance.now();
  await buildroot.build().result;
  expect(performance.now() - started).toBeLessThan(2500);
});

it("does not let variables of a surrounding make through", async () => {
  const folder = await temporaryFolder();
  const small = await smallBuildroot(folder, "\t@env > $(O)/seen; echo '$(MAKELEVEL)' >> $(O)/seen");
  await mkdir(small.output);
  await writeFile(join(small.output, ".config"), "BR2_SMALL=y\n");
  const { openBuildroot } = await import("../../src/index.js");
  const surrounded = await openBuildroot({
    buildroot: small.buildroot,
    output: small.output,
    env: {
      PATH: process.env["PATH"]!,
      MAKEFLAGS: " -j8 --jobserver-auth=3,4 -- V=1",
      MAKELEVEL: "1",
      TERM: "xterm",
      BR2_EXTERNAL: "",
    },
    host: { uid: 0, hostname: "h" },
  });
  await surrounded.build().result;
  const { readFile } = await import("node:fs/promises");
  const seen = (await readFile(join(small.output, "seen"), "utf8")).split("\n");
  expect(seen).toContain("TERM=dumb");
  expect(seen).toContain("FORCE_UNSAFE_CONFIGURE=1");
  expect(seen).toContain("0");
  expect(seen.filter((line) => /jobserver|^BR2_EXTERNAL=|-j8|^V=/.test(line))).toEqual([]);
});
