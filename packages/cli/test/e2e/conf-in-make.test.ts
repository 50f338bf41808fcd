import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildroot, missingForOracle } from "../../../kconfig/test/support/buildroot-oracle.js";
import { busyboxOracle } from "../../../kconfig/test/support/busybox-oracle.js";
import { linuxSource, missingForLinux } from "../../../kconfig/test/support/linux-source.js";
import { bin } from "../support/ipa-br.js";

const minutes = 60_000;

/** A tree whose make runs a conf. */
interface Project {
  /** What make is told besides the target. */
  readonly make: readonly string[];
  /** Where make keeps its conf. */
  readonly conf: string;
  readonly targets: readonly string[];
  /** Files and folders to compare after each target. */
  readonly results: readonly string[];
}

interface Comparison {
  /** What was there after each target. */
  readonly expected: readonly Record<string, string>[];
  readonly actual: readonly Record<string, string>[];
  /** How often make ran our conf: for some targets more than once, not at all where everything is up to date. */
  readonly runs: number;
}

describe("ipa-br kconfig conf in place of C's, under make", { timeout: 30 * minutes }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "conf-in-make-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    HOME: folder,
    XDG_CACHE_HOME: join(folder, "cache"),
    LC_ALL: "C",
    TERM: "dumb",
    SOURCE_DATE_EPOCH: "1700000000",
    KCONFIG_SEED: "42",
    IPA_BR_TEST_RUNS: join(folder, "runs"),
  });

  /** Every file below these paths, by name; of generated files that name their own place nothing depends on. */
  function contents(root: string, paths: readonly string[]): Record<string, string> {
    const files = paths.flatMap((path) => {
      const at = join(root, path);
      if (!existsSync(at)) return [];
      if (statSync(at).isFile()) return [at];
      const below = readdirSync(at, { recursive: true, encoding: "utf8" }).map((name) => join(at, name));
      return below.filter((name) => statSync(name).isFile());
    });
    return Object.fromEntries(files.sort().map((path) => [relative(root, path), readFileSync(path, "latin1")]));
  }

  function run(root: string, project: Project): Record<string, string>[] {
    return project.targets.map((target) => {
      const { status, stdout, stderr } = spawnSync("make", [...project.make, ...target.split(" ")], {
        cwd: root,
        env: env(),
        encoding: "latin1",
        input: "",
        maxBuffer: 64 * 1024 * 1024,
      });
      if (status !== 0) throw new Error(`make ${target}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`);
      return contents(root, project.results);
    });
  }

  /** Runs all targets with C's conf, then from the same state again with ours, and counts how often ours was run. */
  function compare(root: string, project: Project): Comparison {
    const conf = join(root, project.conf);
    const expected = run(root, project);
    const counted = join(folder, "runs");
    rmSync(counted, { force: true });
    for (const path of project.results) rmSync(join(root, path), { recursive: true, force: true });
    const runs = `echo "$@" >>"$IPA_BR_TEST_RUNS"`;
    writeFileSync(conf, `#!/bin/sh\n${runs}\nexec ${process.execPath} ${bin} kconfig conf "$@"\n`);
    chmodSync(conf, 0o755);
    const actual = run(root, project);
    expect(readFileSync(conf, "utf8")).toContain(bin);
    return { expected, actual, runs: readFileSync(counted, "utf8").trim().split("\n").length };
  }

  it("writes what Buildroot's make needs", (context) => {
    const missing = missingForOracle();
    context.skip(missing !== undefined, missing);
    const output = join(folder, "buildroot");
    mkdirSync(output);
    const { expected, actual, runs } = compare(output, {
      make: ["-C", buildroot, `O=${output}`],
      conf: "build/buildroot-config/conf",
      targets: [
        "qemu_aarch64_virt_defconfig",
        "olddefconfig",
        "syncconfig",
        "savedefconfig BR2_DEFCONFIG=$(O)/small",
        "randconfig",
      ],
      results: [
        ".config",
        ".config.old",
        "small",
        "build/buildroot-config/auto.conf",
        "build/buildroot-config/autoconf.h",
      ],
    });
    expect(actual).toEqual(expected);
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  for (const version of process.env["KCONFIG_ORACLE"] === "all" ? ["6.1", "6.12"] : ["6.12"]) {
    it(`writes what the make of Linux ${version} needs`, (context) => {
      const missing = missingForLinux(version);
      context.skip(missing !== undefined, missing);
      const { tree } = linuxSource(version);
      const output = join(folder, `linux-${version}`);
      mkdirSync(output);
      const { expected, actual, runs } = compare(output, {
        make: ["-s", "-C", tree, `O=${output}`, "ARCH=x86"],
        conf: "scripts/kconfig/conf",
        targets: ["x86_64_defconfig", "olddefconfig", "syncconfig", "savedefconfig"],
        results: [".config", ".config.old", "defconfig", "include/config", "include/generated"],
      });
      expect(actual).toEqual(expected);
      expect(runs).toBeGreaterThanOrEqual(3);
    });
  }

  it("writes what BusyBox' make needs", async (context) => {
    const oracle = await busyboxOracle();
    context.skip(typeof oracle === "string", typeof oracle === "string" ? oracle : undefined);
    const tree = join(folder, "busybox");
    cpSync((oracle as Exclude<typeof oracle, string>).tree, tree, { recursive: true });
    const { expected, actual, runs } = compare(tree, {
      make: ["-s"],
      conf: "scripts/kconfig/conf",
      targets: ["defconfig", "oldconfig", "android_ndk_defconfig", "silentoldconfig"],
      results: [".config", ".config.old", ".kconfig.d", "include/autoconf.h"],
    });
    expect(actual).toEqual(expected);
    expect(runs).toBeGreaterThanOrEqual(3);
  });
});
