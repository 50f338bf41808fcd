import { readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isBuildFailed, openBuildroot, type BuildrootEvent } from "../src/index.js";
import { rejection } from "./support/errors.js";
import { env } from "./support/programs.js";
import { smallBuildroot, writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

describe("build", () => {
  it("gives events to the reader and to the listener, in the order of the output", async () => {
    const heard: BuildrootEvent[] = [];
    const rules =
      "\t@printf '\\033[7m>>> foo 1.0 Building\\033[27m\\n'; echo out; echo err >&2; echo out2; mkdir -p $(O)/images; echo k > $(O)/images/bzImage";
    const buildroot = await smallBuildroot(await temporaryFolder(), rules, { onEvent: (event) => heard.push(event) });
    await buildroot.configure({ defconfig: "small" });
    heard.length = 0;
    const run = buildroot.build();
    const read: BuildrootEvent[] = [];
    for await (const event of run) read.push(event);
    expect(read).toEqual(heard);
    expect(read.map(({ type }) => type)).toEqual([
      "progress",
      "command",
      "step",
      "line",
      "line",
      "line",
      "line",
      "exit",
    ]);
    expect(read.flatMap((event) => (event.type === "line" ? event.text : []))).toEqual([
      ">>> foo 1.0 Building",
      "out",
      "err",
      "out2",
    ]);
    const result = await run.result;
    expect(result.steps).toEqual([
      { package: "foo", version: "1.0", step: "Building", startedAt: expect.any(Number), seconds: expect.any(Number) },
    ]);
    expect(result.images).toEqual([
      { name: "bzImage", path: join(buildroot.output, "images/bzImage"), size: 2, modifiedAt: expect.any(Number) },
    ]);
    const log = await readFile(result.logPath, "utf8");
    expect(log.split("\n")[0]).toBe(`# ${read[1]?.type === "command" ? read[1].command.join(" ") : ""}`);
    expect(await readlink(join(buildroot.output, "ipa-br/build.log"))).toBe(result.logPath.split("/").at(-1));
  });

  it("fails with the same error for the reader and for whoever awaits the result", async () => {
    const rules = "\t@echo '>>> foo 1.0 Building'; echo 'a.c:1:1: error: no'; mkdir -p $(O)/build/foo-1.0; false";
    const buildroot = await smallBuildroot(await temporaryFolder(), rules);
    await buildroot.configure({ defconfig: "small" });
    const run = buildroot.build({ targets: ["all"] });
    const thrown = await rejection(
      (async () => {
        for await (const event of run) expect(event.type).toBeTruthy();
      })(),
    );
    expect(await rejection(run.result)).toBe(thrown);
    if (!isBuildFailed(thrown)) throw thrown;
    expect(thrown.details).toMatchObject({ package: "foo", step: "Building", kind: "compiler", exitCode: 2 });
    expect(thrown.message).toBe("foo 1.0: Building failed: a.c:1:1: error: no");
    expect(thrown.details.resume).toContain("foo-dirclean");
    // The lock is free again.
    expect((await rejection(buildroot.build().result)).code).toBe("BUILD_FAILED");
  });

  it("needs a configuration", async () => {
    const buildroot = await smallBuildroot(await temporaryFolder(), "\t@true");
    expect((await rejection(buildroot.build().result)).code).toBe("NOT_CONFIGURED");
    expect((await rejection(buildroot.configure({ set: { BR2_TEXT: "x" } }))).code).toBe("NOT_CONFIGURED");
    expect((await rejection(buildroot.build({ jobs: 0 }).result)).code).toBe("SETTING_INVALID");
  });

  it("passes -j only with per-package directories, else BR2_JLEVEL", async () => {
    const rules = "\t@echo 'flags=$(MAKEFLAGS) level=$(BR2_JLEVEL)'";
    const buildroot = await smallBuildroot(await temporaryFolder(), rules);
    const said = async (jobs?: number): Promise<string> => {
      const run = buildroot.build(jobs === undefined ? {} : { jobs });
      const lines: string[] = [];
      for await (const event of run) lines.push(event.type === "line" ? event.text : event.type);
      return lines.join(" ");
    };
    await buildroot.configure({ defconfig: "small" });
    expect(await said()).not.toMatch(/\s-j|level=\d/);
    const serial = await said(3);
    expect(serial).not.toContain("-j");
    expect(serial).toMatch(/^warning .*level=3/);
    await writeFile(join(buildroot.output, ".config"), "BR2_PER_PACKAGE_DIRECTORIES=y\n");
    const parallel = await said(3);
    expect(parallel).toContain("-j3");
    expect(parallel).not.toMatch(/warning|level=\d/);
  });

  it(
    "stays small on a huge log, and tells a reader who does not read what was left out",
    { timeout: 60_000 },
    async () => {
      const rules = "\t@echo '>>> foo 1.0 Building'; seq -f 'gcc -c some/source/file-%.0f.c -o file.o' 400000";
      const buildroot = await smallBuildroot(await temporaryFolder(), rules);
      await buildroot.configure({ defconfig: "small" });
      const before = process.memoryUsage().rss;
      const run = buildroot.build();
      const { logPath } = await run.result;
      expect(process.memoryUsage().rss - before).toBeLessThan(250e6);
      let lines = 0;
      let dropped = 0;
      for await (const event of run) {
        if (event.type === "line") lines++;
        if (event.type === "lines-dropped") dropped += event.count;
      }
      expect(lines).toBeLessThanOrEqual(10_000);
      expect(lines + dropped).toBe(400_001);
      const log = await readFile(logPath, "utf8");
      expect(log.split("\n").at(-2)).toBe("gcc -c some/source/file-400000.c -o file.o");
    },
  );
});

describe("make", () => {
  it("runs any target and says why one failed", async () => {
    const buildroot = await smallBuildroot(await temporaryFolder(), "\t@true");
    const { logPath } = await buildroot.make({ targets: ["clean"] });
    expect(await readFile(logPath!, "utf8")).toContain("rm -rf");
    const error = await rejection(buildroot.make({ targets: ["nonsense"] }));
    expect(error.code).toBe("MAKE_FAILED");
    expect(error.message).toContain("No rule to make target 'nonsense'");
  });

  it("hands the terminal through", async () => {
    const folder = await temporaryFolder();
    const small = await smallBuildroot(folder, '\t@true\n\nfoo-menuconfig:\n\t@echo "$$TERM" > $(O)/term');
    const buildroot = await openBuildroot({
      buildroot: small.buildroot,
      output: small.output,
      env: { ...env, TERM: "xterm-256color" },
    });
    expect(await buildroot.make({ targets: ["foo-menuconfig"] })).toMatchObject({ logPath: undefined });
    expect(await readFile(join(buildroot.output, "term"), "utf8")).toBe("xterm-256color\n");
    const error = await rejection(buildroot.make({ targets: ["bar-menuconfig"], stdio: "inherit" }));
    expect(error.code).toBe("MAKE_FAILED");
  });
});

describe("locking", () => {
  it("keeps writers out and lets readers in", async () => {
    const rules = "\t@echo ready; sleep 20\n\nshow-info:\n\t@echo '{}'";
    const buildroot = await smallBuildroot(await temporaryFolder(), rules);
    await buildroot.configure({ defconfig: "small" });
    const abort = new AbortController();
    const run = buildroot.build({ signal: abort.signal });
    for await (const event of run) if (event.type === "line") break;
    for (const attempt of [
      () => buildroot.build().result,
      () => buildroot.configure({ defconfig: "small" }),
      () => buildroot.clean(),
      () => buildroot.save(),
      () => buildroot.make({ targets: ["all"] }),
    ]) {
      expect((await rejection(attempt())).code).toBe("LOCKED");
    }
    expect(await buildroot.listDefconfigs()).toHaveLength(1);
    expect(await buildroot.showInfo()).toEqual({});
    expect(await buildroot.images()).toEqual([]);
    abort.abort();
    expect((await rejection(run.result)).code).toBe("ABORTED");
    await buildroot.clean();
  });

  it("takes over what a crash left, and says so", async () => {
    const events: BuildrootEvent[] = [];
    const buildroot = await smallBuildroot(await temporaryFolder(), "\t@true", {
      onEvent: (event) => events.push(event),
    });
    await writeTree(buildroot.output, {
      "ipa-br/lock": "\u0000",
      ".config": "half",
      "ipa-br/config.before": 'BR2_TEXT="kept"\n',
    });
    await buildroot.build().result;
    expect(events.slice(0, 2)).toMatchObject([
      { type: "lock-recovered", reason: "its content made no sense" },
      { type: "warning", code: "CONFIGURE_INTERRUPTED" },
    ]);
    expect(await readFile(join(buildroot.output, ".config"), "utf8")).toBe('BR2_TEXT="kept"\n');
  });
});
