import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Buildroot, type BuildProgress, type BuildrootEvent, openBuildroot } from "../../src/index.js";
import { rejection } from "../support/errors.js";
import { env } from "../support/programs.js";
import { smallBuildroot, writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const names = ["alpha", "beta", "gamma"];
/** Packages with stamps and instrumentation, as Buildroot has them; gamma is built once `go` is there. */
const rules = `	@echo '>>>   Finalizing target directory'
all: ${names.join(" ")}
.PHONY: ${names.join(" ")} show-info
${names.join(" ")}: %: $(O)/build/%-1/.stamp_installed
$(O)/build/%-1/.stamp_installed:
	@mkdir -p $(@D)
	@for script in $(BR2_INSTRUMENTATION_SCRIPTS); do $$script start build $*; done
	@touch $(O)/begun-$*
	@$(if $(filter alpha beta,$*),until test -e $(O)/begun-alpha && test -e $(O)/begun-beta; do sleep 0.05; done)
	@echo '>>> $* 1 Building'
	@$(if $(filter gamma,$*),test -e $(O)/go)
	@for script in $(BR2_INSTRUMENTATION_SCRIPTS); do $$script end build $*; $$script start install-target $*; $$script end install-target $*; done
	@touch $@
show-info:
	@cat $(dir $(lastword $(MAKEFILE_LIST)))/info.json
`;
const info = Object.fromEntries(
  names.map((name) => [name, { type: "target", name, install_target: true, stamp_dir: `build/${name}-1` }]),
);

let folder: string;
let buildroot: Buildroot;
let events: BuildrootEvent[];

beforeEach(async () => {
  folder = await temporaryFolder();
  events = [];
  buildroot = await smallBuildroot(folder, rules, { onEvent: (event) => events.push(event) });
  await writeTree(buildroot.buildroot, { "info.json": JSON.stringify(info) });
  await writeTree(buildroot.output, { ".config": "BR2_PER_PACKAGE_DIRECTORIES=y\n" });
});

function progress(): readonly BuildProgress[] {
  return events.flatMap((event) => (event.type === "progress" ? [event] : []));
}

const go = (): Promise<void> => writeFile(join(buildroot.output, "go"), "");
const timesPath = (): string => join(buildroot.output, "ipa-br/times.json");

describe("progress of a build", { timeout: 60_000 }, () => {
  it("follows packages that are built side by side", async () => {
    await go();
    await buildroot.build({ jobs: 3 }).result;
    expect(progress()[0]).toMatchObject({ packages: { done: 0, total: 3 }, running: [] });
    expect(progress().at(-1)).toMatchObject({ packages: { done: 3, total: 3 }, running: [] });
    const most = progress().map(({ running }) => running.map((step) => step.package).sort());
    // Neither ends before the other has begun.
    expect(most.some((running) => running.includes("alpha") && running.includes("beta"))).toBe(true);
    const marks = events.flatMap((event) =>
      event.type === "package-step" ? [`${event.package} ${event.step} ${event.phase}`] : [],
    );
    for (const name of names)
      expect(marks.filter((mark) => mark.startsWith(`${name} `))).toEqual(
        ["build start", "build end", "install-target start", "install-target end"].map((mark) => `${name} ${mark}`),
      );
  });

  it("goes on where a build was cut off: what is done counts, and is no work", async () => {
    expect((await rejection(buildroot.build({ jobs: 3 }).result)).code).toBe("BUILD_FAILED");
    await buildroot.build({ targets: ["alpha", "beta"], jobs: 3 }).result;
    events = [];
    await go();
    await buildroot.build().result;
    expect(progress()[0]).toMatchObject({ packages: { done: 2, total: 3 } });
    expect(progress().at(-1)).toMatchObject({ packages: { done: 3, total: 3 }, running: [] });
    const marked = events.flatMap((event) => (event.type === "package-step" ? [event.package] : []));
    expect([...new Set(marked)]).toEqual(["gamma"]);
  });

  it("keeps what packages took, and expects it the next time", async () => {
    await go();
    await buildroot.build({ jobs: 3 }).result;
    const kept = JSON.parse(await readFile(timesPath(), "utf8")) as { packages: Record<string, number> };
    expect(Object.keys(kept.packages)).toEqual(names);
    for (const seconds of Object.values(kept.packages)) expect(seconds).toBeGreaterThanOrEqual(0);

    const times = { version: 1, packages: { alpha: 1000, beta: 2000, gamma: 3000 }, imageSeconds: 500 };
    await writeFile(timesPath(), JSON.stringify(times));
    await rm(join(buildroot.output, "build"), { recursive: true });
    events = [];
    await buildroot.build({ jobs: 3 }).result;
    expect(progress()[0]).toMatchObject({ remainingSeconds: 6500, fraction: 0 });
  });

  it("a build that fails keeps what it has learned", async () => {
    await rejection(buildroot.build({ jobs: 3 }).result);
    const { packages } = JSON.parse(await readFile(timesPath(), "utf8")) as { packages: Record<string, number> };
    expect(Object.keys(packages)).not.toContain("gamma");
  });

  it("learns from a folder that plain make has built", async () => {
    const log = [
      "100.000:start:build: alpha",
      "160.000:end  :build: alpha",
      "160.000:start:build: beta",
      "190.000:end  :build: beta",
    ];
    await writeTree(buildroot.output, {
      "build/build-time.log": `${log.join("\n")}\n`,
      "ipa-br/times.json": "{ broken",
    });
    await go();
    await buildroot.build({ jobs: 3 }).result;
    // 60 and 30 as told, 20 by weight for the third, 15 for the images.
    expect(progress()[0]).toMatchObject({ remainingSeconds: 125 });
  });

  it("a history that cannot be kept is no reason to fail", async () => {
    await mkdir(timesPath(), { recursive: true });
    await writeFile(join(timesPath(), "in-the-way"), "");
    await go();
    await expect(buildroot.build({ jobs: 3 }).result).resolves.toMatchObject({ targets: [] });
  });

  it("calls the user's own scripts, too", async () => {
    const script = join(folder, "mine.sh");
    await writeFile(script, `#!/bin/sh\necho "$@" >> ${folder}/seen\n`);
    await chmod(script, 0o755);
    const mine = await openBuildroot({
      buildroot: buildroot.buildroot,
      output: buildroot.output,
      env: { ...env, BR2_INSTRUMENTATION_SCRIPTS: script },
      onEvent: (event) => events.push(event),
    });
    await go();
    await mine.build({ targets: ["gamma"] }).result;
    expect(await readFile(join(folder, "seen"), "utf8")).toBe(
      "start build gamma\nend build gamma\nstart install-target gamma\nend install-target gamma\n",
    );
    expect(progress().at(-1)).toMatchObject({ packages: { done: 1, total: 1 } });
  });

  it("is left alone where nobody wants it", async () => {
    await go();
    await buildroot.build({ targets: ["gamma"], progress: false }).result;
    expect(events.filter(({ type }) => type === "progress" || type === "package-step")).toEqual([]);
  });

  it("asks make for the packages once per configuration", async () => {
    await go();
    const asked = join(folder, "asked");
    const makefile = join(buildroot.buildroot, "Makefile");
    const text = await readFile(makefile, "utf8");
    await writeFile(makefile, text.replace("\t@cat $(dir", `\t@echo asked >> ${asked}\n\t@cat $(dir`));
    await buildroot.build({ targets: ["gamma"] }).result;
    await buildroot.build({ targets: ["gamma"] }).result;
    expect((await buildroot.showInfo({ cached: true }))["alpha"]?.stampDir).toBe("build/alpha-1");
    expect(await readFile(asked, "utf8")).toBe("asked\n");
    await writeTree(buildroot.output, { ".config": 'BR2_PER_PACKAGE_DIRECTORIES=y\nBR2_TEXT="new"\n' });
    await buildroot.build({ targets: ["gamma"] }).result;
    expect(await readFile(asked, "utf8")).toBe("asked\nasked\n");
  });

  it("counts where nobody can tell the packages", async () => {
    await writeTree(buildroot.buildroot, { "info.json": "nothing of the kind" });
    await go();
    await buildroot.build({ targets: ["gamma"] }).result;
    expect(progress()[0]).toEqual(
      expect.objectContaining({ packages: { done: 0, total: undefined }, remainingSeconds: undefined }),
    );
    expect(progress().at(-1)).toMatchObject({ packages: { done: 1, total: undefined } });
  });
});
