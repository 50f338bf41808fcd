import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Buildroot, type BuildrootEvent, openBuildroot } from "../../src/index.js";
import { parseBuildTimes } from "../../src/progress/build-times.js";
import { env } from "../support/programs.js";
import { externalFixture, realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

const missing = realBuildrootMissing();
/** They download nothing, and need host-skeleton. */
const targets = ["host-ipabr-hello", "host-ipabr-slow"];

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
      env: { ...env, IPABR_TEST_GO: "1" },
      onEvent: (event) => events.push(event),
    });
    const set = {
      BR2_PER_PACKAGE_DIRECTORIES: true,
      BR2_PACKAGE_HOST_IPABR_HELLO: true,
      BR2_PACKAGE_HOST_IPABR_SLOW: true,
    };
    await buildroot.configure({ defconfig: "ipabr_test_defconfig", set });
  });
  afterAll(() => folder.remove());

  it("counts the packages of a target up to all of them, and agrees with Buildroot's own log", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await buildroot.build({ targets, jobs: 2 }).result;
    const progress = events.flatMap((event) => (event.type === "progress" ? [event] : []));
    const { total } = progress[0]!.packages;
    expect(progress[0]!.packages.done).toBe(0);
    // Where the host's tar is old, show-info names host-tar too, which nothing here is unpacked with.
    expect([3, 4]).toContain(total);
    expect(progress.at(-1)).toMatchObject({ packages: { done: 3, total }, running: [] });
    const done = progress.map(({ packages }) => packages.done);
    expect(done).toEqual([...done].sort((one, two) => one - two));

    const log = parseBuildTimes(await readFile(join(buildroot.output, "build/build-time.log"), "utf8"));
    const ended = events.flatMap((event) =>
      event.type === "package-step" && event.phase === "end" ? [`${event.package} ${event.step}`] : [],
    );
    expect([...ended].sort()).toEqual(log.map((step) => `${step.package} ${step.step}`).sort());
    expect(ended).toContain("host-ipabr-slow install-host");
    const kept = JSON.parse(await readFile(join(buildroot.output, "ipa-br/times.json"), "utf8")) as {
      packages: Record<string, number>;
    };
    expect(Object.keys(kept.packages)).toEqual([...new Set(log.map((step) => step.package))].sort());

    events = [];
    await buildroot.build({ targets, jobs: 2 }).result;
    expect(events.find(({ type }) => type === "progress")).toMatchObject({
      packages: { done: 3, total },
      running: [],
    });
    expect(events.filter(({ type }) => type === "package-step")).toEqual([]);
  });
});
