import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Buildroot, type BuildrootEvent, openBuildroot } from "../../src/index.js";
import { parseBuildTimes } from "../../src/progress/build-times.js";
import { env } from "../support/programs.js";
import { externalFixture, realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

const missing = realBuildrootMissing();

describe("real Buildroot: progress", { timeout: 180_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let buildroot: Buildroot;
  let events: BuildrootEvent[] = [];

  beforeAll(async () => {
    folder = await keptFolder();
    if (missing !== undefined) return;
    buildroot = await openBuildroot({
      buildroot: realBuildroot,
      output: join(folder.path, "out"),
      externals: [externalFixture],
      env,
      onEvent: (event) => events.push(event),
    });
    await buildroot.configure({ defconfig: "ipabr_test_defconfig" });
  });
  afterAll(() => folder.remove());

  it("counts the packages of a target up to all of them, and agrees with Buildroot's own log", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    // Of the packages that download nothing.
    await buildroot.build({ targets: ["skeleton"] }).result;
    const progress = events.flatMap((event) => (event.type === "progress" ? [event] : []));
    const { total } = progress[0]!.packages;
    expect(progress[0]!.packages.done).toBe(0);
    expect(total).toBeGreaterThanOrEqual(2);
    expect(progress.at(-1)).toMatchObject({ packages: { done: total, total }, running: [] });
    const done = progress.map(({ packages }) => packages.done);
    expect(done).toEqual([...done].sort((one, two) => one - two));

    const log = parseBuildTimes(await readFile(join(buildroot.output, "build/build-time.log"), "utf8"));
    const ended = events.flatMap((event) =>
      event.type === "package-step" && event.phase === "end" ? [`${event.package} ${event.step}`] : [],
    );
    expect(ended).toEqual(log.map((step) => `${step.package} ${step.step}`));
    const kept = JSON.parse(await readFile(join(buildroot.output, "ipa-br/times.json"), "utf8")) as {
      packages: Record<string, number>;
    };
    expect(Object.keys(kept.packages)).toEqual([...new Set(log.map((step) => step.package))].sort());

    events = [];
    await buildroot.build({ targets: ["skeleton"] }).result;
    expect(events.find(({ type }) => type === "progress")).toMatchObject({
      packages: { done: total, total },
      fraction: 1,
      remainingSeconds: 0,
    });
    expect(events.filter(({ type }) => type === "package-step")).toEqual([]);
  });
});
