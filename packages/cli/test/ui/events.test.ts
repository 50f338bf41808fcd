import { beforeEach, describe, expect, it } from "vitest";
import { eventsSchema, main } from "../../src/index.js";
import { isEvent, readEvents } from "../support/events.js";
import { unfit } from "../support/fit.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";
import { parallelTree, type ParallelTree } from "../support/parallel-tree.js";

let tree: ParallelTree;
beforeEach(() => {
  tree = parallelTree(temporaryFolder());
});

interface Running {
  /** What was printed so far. */
  out(): string;
  readonly ended: Promise<ReturnType<typeof readEvents> & { readonly code: number }>;
}

function start(args: readonly string[], signal?: AbortSignal): Running {
  const env = { PATH: process.env["PATH"], HOME: tree.output };
  const io = testIo({ cwd: "/", env, ...(signal === undefined ? {} : { signal }) });
  const ended = main([...args, "--json", ...tree.where], io, "1").then((code) => ({ code, ...readEvents(io.out()) }));
  return { out: io.out, ended };
}

const jsonOf = (args: readonly string[]): Running["ended"] => start(args).ended;
const build = ["build", "--defconfig", "parallel", "--jobs", "2"];

describe("what build --json prints", { timeout: 60_000 }, () => {
  beforeEach((ctx) => ctx.skip(unfit !== undefined, unfit));

  it("is what --json-schema says, to the letter", async () => {
    const io = testIo();
    expect(await main(["build", "--json-schema"], io, "1")).toBe(0);
    expect(JSON.parse(io.out())).toEqual(JSON.parse(JSON.stringify(eventsSchema)));
  });

  it("fits the schema, tells how far the build is, and ends in the result", async () => {
    tree.releaseAll();
    const { code, events, wrong } = await jsonOf(build);
    expect([code, wrong]).toEqual([0, []]);
    const types = new Set(events.map(({ type }) => type));
    for (const type of ["host", "command", "progress", "package-step", "step", "line", "exit"])
      expect(types).toContain(type);
    expect(events.at(-1)).toMatchObject({ schema: 1, type: "built", images: [{ name: "rootfs.cpio" }] });
    const progress = events.filter(({ type }) => type === "progress");
    expect(progress[0]).toMatchObject({ packages: { done: 0, total: 3 } });
    expect(progress.at(-1)).toMatchObject({ packages: { done: 3, total: 3 }, running: [] });
    const fractions = progress.map((event) => event["fraction"] as number);
    expect(fractions).toEqual([...fractions].sort((one, two) => one - two));
  });

  it("tells of a build that runs without telling anything", async () => {
    const running = start(build);
    // Two of them as both steps began, and then by the clock.
    const told = (): number =>
      running
        .out()
        .split("\n")
        .filter((line) => /"type":"progress".*"package":"(?:alpha|beta)".*"package":"(?:alpha|beta)"/.test(line))
        .length;
    await expect.poll(told, { timeout: 50_000, interval: 200 }).toBeGreaterThanOrEqual(3);
    tree.releaseAll();
    const { code, wrong } = await running.ended;
    expect([code, wrong]).toEqual([0, []]);
  });

  it("ends in a failure with code, cause and commands", async () => {
    const { code, events, wrong } = await jsonOf([...build, "broken"]);
    expect([code, wrong]).toEqual([1, []]);
    expect(events.at(-1)).toMatchObject({
      type: "failed",
      code: "BUILD_FAILED",
      details: {
        package: "broken",
        step: "Building",
        kind: "compiler",
        cause: expect.arrayContaining(["broken.c:3:9: error: 'missing' undeclared"]),
      },
    });
  });

  it("ends in a failure when it is aborted", async () => {
    const abort = new AbortController();
    const running = start(build, abort.signal);
    await expect.poll(() => running.out().includes('"type":"package-step"'), { timeout: 50_000 }).toBe(true);
    abort.abort();
    const { code, events, wrong } = await running.ended;
    expect([code, wrong]).toEqual([130, []]);
    expect(events.at(-1)).toMatchObject({ type: "failed", code: "ABORTED" });
  });

  it("configure --json: the same", async () => {
    const { code, events, wrong } = await jsonOf(["configure", "parallel"]);
    expect([code, wrong]).toEqual([0, []]);
    expect(events.at(-1)).toMatchObject({ type: "configured", defconfig: { name: "parallel_defconfig" } });
    const lost = await jsonOf(["configure", "parallel", "--set", "BR2_NO_SUCH=y"]);
    expect([lost.code, lost.wrong]).toEqual([2, []]);
    expect(lost.events.at(-1)).toMatchObject({ type: "failed", code: "SETTINGS_LOST" });
  });
});

describe("the schema", () => {
  it.each([
    [{ schema: 1, type: "line", text: "x" }, true],
    [{ schema: 1, type: "line", text: "x", more: 1 }, true],
    [{ schema: 2, type: "line", text: "x" }, false],
    [{ type: "line", text: "x" }, false],
    [{ schema: 1, type: "line" }, false],
    [{ schema: 1, type: "nothing" }, false],
    [{ schema: 1, type: "progress", at: 1, packages: { done: 1 }, running: [] }, true],
    [{ schema: 1, type: "progress", at: 1, packages: { done: -1 }, running: [] }, false],
    [{ schema: 1, type: "progress", at: 1, packages: { done: 1 }, running: [{ package: "x" }] }, false],
    [{ schema: 1, type: "progress", at: 1, packages: { done: 1 }, running: [], fraction: 2 }, false],
  ])("%j: %s", (event, fits) => {
    expect(isEvent(event)).toBe(fits);
  });
});
