import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { dialects, TreeCache } from "../../src/index.js";
import { runConfOnDisk } from "../../src/node.js";
import { buildroot, BuildrootOracle, missingForOracle, type ConfOutcome } from "../support/buildroot-oracle.js";

const missing = missingForOracle();

/** What a run is to find: paths below its folder, and texts. */
type Files = Readonly<Record<string, string>>;
type Run = { readonly outcome: ConfOutcome; readonly files: Readonly<Record<string, string>> };

function filesBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile()).sort();
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** C warns of unmet dependencies in the order in which it happens to evaluate, and may repeat itself. */
const byParagraph = (text: string): string =>
  [...new Set(text.split("\n\n").map((part) => part.trim()))].sort().join("\n\n");

describe("runConfOnDisk, against Buildroot's own conf", { timeout: 120_000 }, () => {
  const cache = new TreeCache();
  let oracle: BuildrootOracle;
  let folder: string;

  beforeAll(() => {
    if (missing === undefined) oracle = new BuildrootOracle();
  }, 120_000);
  afterAll(() => oracle?.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kconfig-conf-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Puts the files into an empty folder, runs one of the two, and tells what is there then. */
  async function runIn(files: Files, run: (env: Record<string, string>) => Promise<ConfOutcome>): Promise<Run> {
    const at = join(folder, "run");
    rmSync(at, { recursive: true, force: true });
    mkdirSync(join(at, "generated"), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(at, path), text);
    const env = {
      ...oracle.env,
      BR2_CONFIG: join(at, ".config"),
      KCONFIG_AUTOCONFIG: join(at, "generated/auto.conf"),
      KCONFIG_AUTOHEADER: join(at, "generated/autoconf.h"),
      KCONFIG_TRISTATE: join(at, "generated/tristate.config"),
    };
    const outcome = await run(env);
    const found = filesBelow(at);
    // Where BR2_CONFIG is absolute, the C tool leaves its list of dependencies behind under this name.
    delete found["..config.tmp"];
    return { outcome: { ...outcome, stderr: byParagraph(outcome.stderr) }, files: found };
  }

  async function compare(
    mode: ConfMode,
    files: Files = {},
    more: { readonly file?: string; readonly env?: Readonly<Record<string, string>>; readonly tree?: string } = {},
  ): Promise<Run> {
    const cwd = more.tree ?? buildroot;
    const named = more.file === undefined ? undefined : join(folder, "run", more.file);
    const expected = await runIn(files, async (env) =>
      oracle.conf(
        [named === undefined ? `--${mode}` : `--${mode}=${named}`, "Config.in"],
        { ...env, ...more.env },
        cwd,
      ),
    );
    const actual = await runIn(files, async (env) => {
      const { exitCode, stdout, stderr } = await runConfOnDisk({
        mode,
        ...(named === undefined ? {} : { file: named }),
        root: "Config.in",
        cwd,
        dialect: dialects.buildroot,
        env: { ...env, ...more.env },
        cache,
      });
      return { exitCode, stdout, stderr };
    });
    expect(actual).toEqual(expected);
    return actual;
  }

  const qemu = (): string => readFileSync(join(buildroot, "configs/qemu_x86_64_defconfig"), "utf8");

  for (const mode of [
    "alldefconfig",
    "allnoconfig",
    "allyesconfig",
    "allmodconfig",
    "olddefconfig",
    "savedefconfig",
  ] as const) {
    it(`${mode} without a .config`, async (context) => {
      context.skip(missing !== undefined, missing);
      const { outcome } = await compare(mode, {}, mode === "savedefconfig" ? { file: "minimal" } : {});
      expect(outcome.exitCode).toBe(0);
    });
  }

  it("defconfig, and what it finds there is kept as .config.old", async (context) => {
    context.skip(missing !== undefined, missing);
    const { files } = await compare("defconfig", { d: qemu(), ".config": "BR2_arm=y\n" }, { file: "d" });
    expect(files[".config.old"]).toBe("BR2_arm=y\n");
  });

  it("no backup with KCONFIG_OVERWRITECONFIG", async (context) => {
    context.skip(missing !== undefined, missing);
    const { files } = await compare("olddefconfig", { ".config": qemu() }, { env: { KCONFIG_OVERWRITECONFIG: "1" } });
    expect(Object.keys(files)).toEqual([".config"]);
  });

  it("a defconfig that does not exist", async (context) => {
    context.skip(missing !== undefined, missing);
    const { outcome } = await compare("defconfig", {}, { file: "absent" });
    expect(outcome.exitCode).toBe(1);
  });

  it("savedefconfig, listnewconfig and olddefconfig of a part of a .config", async (context) => {
    context.skip(missing !== undefined, missing);
    await compare("savedefconfig", { ".config": qemu() }, { file: "minimal" });
    const { outcome } = await compare("listnewconfig", { ".config": qemu() });
    expect(outcome.stdout).toContain('BR2_TARGET_GENERIC_HOSTNAME="buildroot"\n');
    await compare("olddefconfig", { ".config": qemu() });
  });

  it("warns of the lines of a .config in the words of C", async (context) => {
    context.skip(missing !== undefined, missing);
    const config =
      'BR2_arm=y\nBR2_aarch64=y\nsense\nBR2_CCACHE=maybe\nBR2_CCACHE=y\nBR2_CCACHE=y\nBR2_DL_DIR="open\nGONE=y\n';
    const { outcome } = await compare("olddefconfig", { ".config": config });
    expect(outcome.stderr).toContain("override: reassigning to symbol BR2_CCACHE");
  });

  it("oldconfig and syncconfig where nothing is new", async (context) => {
    context.skip(missing !== undefined, missing);
    const { files } = await compare("defconfig", { d: qemu() }, { file: "d" });
    const config = { ".config": files[".config"]! };
    await compare("oldconfig", config);
    const first = await compare("syncconfig", config);
    expect(existsSync(join(folder, "run/generated/br2/x86/64.h"))).toBe(true);
    // A second time, with one value that differs and one that is gone.
    const old = first.files["generated/auto.conf"]!.replace("BR2_x86_64=y", 'GONE=y\nLOST="x"');
    const again = await compare("syncconfig", { ...config, "generated/auto.conf": old });
    expect(Object.keys(again.files)).toContain("generated/gone.h");
  });

  it("syncconfig without a .config", async (context) => {
    context.skip(missing !== undefined, missing);
    const { outcome } = await compare("syncconfig");
    expect(outcome.exitCode).toBe(1);
  });

  it("starts from what KCONFIG_ALLCONFIG names", async (context) => {
    context.skip(missing !== undefined, missing);
    const seed = join(folder, "seed");
    writeFileSync(seed, "BR2_arm=y\nBR2_CCACHE=y\n# BR2_PACKAGE_BUSYBOX is not set\n");
    for (const mode of ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig"] as const) {
      await compare(mode, {}, { env: { KCONFIG_ALLCONFIG: seed } });
    }
    const { outcome } = await compare("allnoconfig", {}, { env: { KCONFIG_ALLCONFIG: `${seed}.absent` } });
    expect(outcome.exitCode).toBe(1);
    await compare("allnoconfig", {}, { env: { KCONFIG_ALLCONFIG: "1" } });
  });
});
