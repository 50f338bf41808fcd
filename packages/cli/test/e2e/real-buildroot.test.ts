import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEvents } from "../support/events.js";
import { cleanEnvironment, ipaBr, repository } from "../support/ipa-br.js";

/** Host packages of a few seconds each, of the driver's own tests. */
const external = `${repository}/packages/buildroot/test/fixtures/external`;
const buildroot = `${repository}/buildroot`;

describe("ipa-br on real Buildroot", { timeout: 300_000 }, () => {
  let folder: string;
  let where: readonly string[];
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "ipa-br-real-")));
    where = ["--buildroot", buildroot, "--external", external, "--output", join(folder, "out")];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("looks at the host, builds a host package, and prints events that fit the schema", async (ctx) => {
    ctx.skip(!existsSync(`${buildroot}/Makefile`), "the buildroot/ submodule is not populated");
    const env = cleanEnvironment({ XDG_CACHE_HOME: folder });
    const doctor = await ipaBr(["doctor", ...where], { env });
    ctx.skip(doctor.code !== 0, `this host cannot build: ${doctor.stdout}`);
    const args = ["build", "host-ipabr-hello", "--defconfig", "ipabr_test", "--json", ...where];
    const { code, stdout, stderr } = await ipaBr(args, { env });
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    const { events, wrong } = readEvents(stdout);
    expect(wrong).toEqual([]);
    expect(events.find(({ type }) => type === "host")).toMatchObject({ problems: [] });
    const steps = events.filter((event) => event.type === "package-step" && event["package"] === "host-ipabr-hello");
    expect(steps.map((event) => `${String(event["step"])} ${String(event["phase"])}`)).toEqual(
      ["rsync", "configure", "build", "install-host"].flatMap((step) => [`${step} start`, `${step} end`]),
    );
    const progress = events.filter(({ type }) => type === "progress");
    const done = progress.map((event) => (event["packages"] as { done: number }).done);
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBeGreaterThan(0);
    expect(progress.at(-1)).toMatchObject({ running: [] });
    expect(events.at(-1)).toMatchObject({ type: "built", targets: ["host-ipabr-hello"] });

    // It is no package of the configuration, so that nobody can tell how many there are.
    expect(progress.every((event) => (event["packages"] as { total?: number }).total === undefined)).toBe(true);
  });
});
