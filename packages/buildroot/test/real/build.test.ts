import { existsSync } from "node:fs";
import { readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBuildFailed, openBuildroot, type Buildroot, type BuildrootEvent } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { processesWith } from "../support/processes.js";
import { env } from "../support/programs.js";
import { externalFixture, realBuildroot, realBuildrootMissing } from "../support/real.js";
import { keptFolder } from "../support/temporary.js";

const missing = realBuildrootMissing();

/** What the slow package runs, to find it by. */
const mark = `sleep 321.${process.pid}`;
const marked = { ...env, IPABR_TEST_SLEEP: mark };

describe("real Buildroot: building", { timeout: 90_000 }, () => {
  let folder: Awaited<ReturnType<typeof keptFolder>>;
  let buildroot: Buildroot;
  let output: string;

  beforeAll(async () => {
    folder = await keptFolder();
    output = join(folder.path, "out");
    if (missing !== undefined) return;
    buildroot = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env: marked });
    await buildroot.configure({ defconfig: "ipabr_test_defconfig" });
  });
  afterAll(() => folder.remove());

  it("builds a host package and tells its steps", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const run = buildroot.build({ targets: ["host-ipabr-hello"] });
    const events: BuildrootEvent[] = [];
    for await (const event of run) events.push(event);
    const result = await run.result;
    expect(existsSync(join(output, "host/bin/ipabr-hello"))).toBe(true);
    const steps = events.filter((event) => event.type === "step" && event.package === "host-ipabr-hello");
    expect(steps.map((event) => (event.type === "step" ? [event.version, event.step] : []))).toEqual([
      ["1.0", `Syncing from source dir ${externalFixture}/src/hello`],
      ["1.0", "Configuring"],
      ["1.0", "Building"],
      ["1.0", "Installing to host directory"],
    ]);
    expect(result.steps.filter((step) => step.package === "host-ipabr-hello")).toHaveLength(4);
    expect(await readFile(result.logPath, "utf8")).toContain(">>> host-ipabr-hello 1.0 Building");
    expect(join(output, "ipa-br", await readlink(join(output, "ipa-br/build.log")))).toBe(result.logPath);
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual(["progress", "command"]);
    expect(events.at(-1)).toMatchObject({ type: "exit", exitCode: 0 });
  });

  it("names package, step and cause of a failure", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const error = await rejection(buildroot.build({ targets: ["host-ipabr-broken"] }).result);
    if (!isBuildFailed(error)) throw error;
    expect(error.details).toMatchObject({
      package: "host-ipabr-broken",
      version: "1.0",
      step: "Building",
      kind: "compiler",
      exitCode: 2,
    });
    expect(error.details.cause[0]).toMatch(/^broken\.c:3:\d+: error: .*missing/);
    expect(error.message).toMatch(/^host-ipabr-broken 1\.0: Building failed: broken\.c:3:\d+: error/);
    expect(existsSync(error.details.logPath)).toBe(true);
    expect(error.hint).toContain(error.details.logPath);
  });

  it("ends an interrupted build with all its processes, refuses a second one meanwhile, and resumes", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const abort = new AbortController();
    const run = buildroot.build({ targets: ["host-ipabr-slow"], signal: abort.signal });
    for await (const event of run) {
      if (event.type === "line" && event.text === "waiting") break;
    }
    await delay(300);
    expect(processesWith(mark).length).toBeGreaterThanOrEqual(2);

    const second = await openBuildroot({ buildroot: realBuildroot, output, env });
    expect(second.externals.map(({ name }) => name)).toEqual(["IPABR_TEST"]);
    const refused = await rejection(second.build().result);
    expect(refused.code).toBe("LOCKED");
    expect(refused.message).toMatch(new RegExp(`process ${process.pid} \\("build host-ipabr-slow"\\) since 20`));
    expect((await rejection(second.clean())).code).toBe("LOCKED");

    const aborted = performance.now();
    abort.abort();
    const error = await rejection(run.result);
    expect(error.code).toBe("ABORTED");
    expect(error.hint).toContain("resumes");
    expect(performance.now() - aborted).toBeLessThan(5000);
    expect(processesWith(mark)).toEqual([]);

    const again = await openBuildroot({ buildroot: realBuildroot, output, env: { ...env, IPABR_TEST_GO: "1" } });
    const resumed = await again.build({ targets: ["host-ipabr-slow"] }).result;
    expect(existsSync(join(output, "host/bin/ipabr-slow"))).toBe(true);
    expect(resumed.steps.map(({ step }) => step)).toEqual(["Building", "Installing to host directory"]);
  });

  it("reads show-info", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    const info = await buildroot.showInfo();
    expect(info["host-ipabr-hello"]).toBeUndefined();
    expect(info["toolchain"]).toMatchObject({ type: "target", virtual: true });
    const gcc = info["host-gcc-final"]!;
    expect(gcc.type).toBe("host");
    expect(gcc.dependencies).toContain("host-binutils");
    expect(gcc.downloads[0]?.source).toMatch(/^gcc-.*\.tar\./);
    expect(gcc.downloads[0]?.uris.length).toBeGreaterThan(0);
  });

  it("tells whose source is a folder, and whose git repository has large files", async (ctx) => {
    ctx.skip(missing !== undefined, missing);
    await writeFile(join(output, "local.mk"), "M4_OVERRIDE_SRCDIR = /srv/m4\nHOST_GCC_FINAL_GIT_LFS = YES\n");
    const info = await buildroot.showInfo();
    await rm(join(output, "local.mk"));
    const m4 = info["host-m4"]!;
    expect(m4).toMatchObject({ overridden: true, overrideDir: "/srv/m4", version: "custom", downloads: [] });
    expect(m4.recipeVersion).toMatch(/^\d+\.\d+/);
    const lfs = Object.entries(info).filter(([, { gitLfs }]) => gitLfs === true);
    expect(lfs.map(([name]) => name)).toEqual(["host-gcc-final"]);
    expect(Object.values(info).filter(({ overridden }) => overridden)).toEqual([m4]);
  });
});
