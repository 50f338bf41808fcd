import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type BuildLock,
  type Buildroot,
  compareLock,
  createLock,
  formatDrift,
  formatLock,
  lockSchema,
  openBuildroot,
  parseLock,
  requireLock,
} from "../../src/index.js";
import { contentHash } from "../../src/lockfile/content-hash.js";
import { rejection } from "../support/errors.js";
import { jsonValidator } from "../support/json-schema.js";
import { env } from "../support/programs.js";
import { externalFixture, realBuildroot, realBuildrootMissing } from "../support/real.js";
import { smallBuildroot, writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";

const rules = `	@mkdir -p $(O)/images; echo "$$SOURCE_DATE_EPOCH $(O)" > $(O)/images/x.img

show-info:
	@echo '{ "a": { "type": "target", "version": "1", "dl_dir": "a", "hashes": ["a.hash"],'
	@echo '"downloads": [{ "source": "a-1.tar", "uris": ["https+https://a.example"] }] } }'
`;
const config = 'config BR2_TEXT\n\tstring "x"\nconfig BR2_SMALL\n\tbool "s"\nconfig BR2_REPRODUCIBLE\n\tbool "r"\n';

async function prepare(): Promise<{ folder: string; tree: Buildroot; lock: () => Promise<BuildLock> }> {
  const folder = await temporaryFolder();
  const { buildroot } = await smallBuildroot(folder, rules);
  const makefile = await readFile(join(buildroot, "Makefile"), "utf8");
  await writeTree(buildroot, {
    Makefile: `${makefile}\nBR2_VERSION_EPOCH = 1781643700\n`,
    "Config.in": config,
    "a.hash": `sha256 ${"a".repeat(64)} a-1.tar\n`,
  });
  await writeTree(folder, {
    "mine/external.desc": "name: MINE\n",
    "mine/Config.in": "",
    "mine/external.mk": "",
    "mine/my.fragment": `BR2_TEXT="${folder}/mine/overlay"\n`,
  });
  const tree = await openBuildroot({ buildroot, output: join(folder, "out"), externals: [join(folder, "mine")], env });
  await tree.configure({ defconfig: "small", fragments: [join(folder, "mine/my.fragment")], reproducible: true });
  return { folder, tree, lock: () => createLock({ tree, env }) };
}

describe("createLock", () => {
  it("says what the build is made of, in the documented form", async () => {
    const { folder, lock } = await prepare();
    const made = await lock();
    expect(made).toEqual({
      version: 1,
      buildroot: { version: "2026.02.3", content: expect.stringMatching(/^[0-9a-f]{64}$/) },
      externals: [{ name: "MINE", content: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      defconfig: { name: "small_defconfig", sha256: expect.any(String) },
      fragments: [{ name: "my.fragment", sha256: expect.any(String) }],
      configuration: { BR2_SMALL: "y", BR2_TEXT: '"$(BR2_EXTERNAL_MINE_PATH)/overlay"', BR2_REPRODUCIBLE: "y" },
      toolchain: { kind: "buildroot" },
      sources: [{ name: "a/a-1.tar", hash: `sha256:${"a".repeat(64)}` }],
      reproducible: { output: join(folder, "out"), sourceDateEpoch: 1_781_643_700 },
    });
    const validate = jsonValidator().compile(lockSchema);
    validate(made);
    expect(validate.errors).toBeNull();
    expect(parseLock(formatLock(made), "x")).toEqual(made);
    expect(await lock()).toEqual(made);
    expect(compareLock(made, made)).toEqual([]);
  });

  it("is refused with everything that differs, each by its name", async () => {
    const { folder, tree, lock } = await prepare();
    const made = await lock();
    await writeTree(folder, { "mine/board/new": "x", "mine/ipa-br.lock.json": formatLock(made) });
    await writeTree(tree.buildroot, { "a.hash": `sha256 ${"b".repeat(64)} a-1.tar\n` });
    const other = { ...(await lock()), toolchain: { kind: "local", content: "12" } } as BuildLock;
    const changed = { ...other, configuration: { ...other.configuration, BR2_SMALL: "n", BR2_NEW: "y" } };
    const drifts = compareLock(made, changed);
    expect(drifts.map(({ part, name }) => [part, name])).toEqual([
      ["buildroot", undefined],
      ["externals", "MINE"],
      ["configuration", "BR2_NEW"],
      ["configuration", "BR2_SMALL"],
      ["toolchain", undefined],
      ["sources", "a/a-1.tar"],
    ]);
    expect(formatDrift(drifts[3]!)).toBe("configuration BR2_SMALL: locked y, found n");
    expect(() => requireLock(made, changed)).toThrow(/sources a\/a-1\.tar: locked sha256:a{64}, found sha256:b{64}/);
    // The lock itself is no part of the tree that it lies in.
    await rm(join(folder, "mine/board"), { recursive: true });
    expect(compareLock(made, await lock()).map(({ part }) => part)).not.toContain("externals");
  });

  it("is not made of a fragment that has changed since", async () => {
    const { folder, lock } = await prepare();
    await writeTree(folder, { "mine/my.fragment": 'BR2_TEXT="changed"\n' });
    const error = await rejection(lock());
    expect(error.code).toBe("LOCK_STALE");
    expect(error.message).toContain("my.fragment has changed");
  });

  it.each(["no", "{}", '{"version": 2}', '{"version": 1, "buildroot": {}}'])("refuses the file %j", (text) => {
    expect(() => parseLock(text, "x.json")).toThrow(/^x\.json (?:is no|lacks)/);
  });

  it("is made of real Buildroot, and finds a symbol that changed", { timeout: 400_000 }, async (ctx) => {
    const missing = realBuildrootMissing();
    ctx.skip(missing !== undefined, missing);
    const output = join(await temporaryFolder(), "out");
    const tree = await openBuildroot({ buildroot: realBuildroot, output, externals: [externalFixture], env });
    await tree.configure({ defconfig: "ipabr_test" });
    const made = await createLock({ tree, env });
    const validate = jsonValidator().compile(lockSchema);
    validate(made);
    expect(validate.errors).toBeNull();
    expect(made.configuration).toEqual({
      BR2_x86_64: "y",
      BR2_INIT_NONE: "y",
      BR2_IPABR_TEST_TEXT: '"from the defconfig"',
      BR2_PACKAGE_BUSYBOX: "n",
      BR2_TARGET_ROOTFS_TAR: "n",
    });
    expect(made.sources.find(({ name }) => name.startsWith("gcc/gcc-"))?.hash).toMatch(/^sha\d+:/);
    await tree.configure({ set: { BR2_IPABR_TEST_TEXT: "other" } });
    expect(compareLock(made, await createLock({ tree, env })).map((one) => formatDrift(one))).toEqual([
      'configuration BR2_IPABR_TEST_TEXT: locked "from the defconfig", found "other"',
    ]);
  });
});

describe("contentHash", () => {
  it("is the same for a clone and a copy without git, and another for a name, a mode, a link or a byte", async () => {
    const folder = await temporaryFolder();
    const clone = join(folder, "clone");
    await writeTree(clone, { "a/b": "content", c: "program", ".gitignore": "*.o\n", "x.o": "object" });
    await symlink("c", join(clone, "link"));
    execFileSync("git", ["-C", clone, "init", "-q"]);
    const hash = (path: string): Promise<string> => contentHash(path, { env, signal: undefined });
    const first = await hash(clone);
    const copy = join(folder, "copy");
    await cp(clone, copy, { recursive: true, verbatimSymlinks: true });
    await rm(join(copy, ".git"), { recursive: true });
    await rm(join(copy, "x.o"));
    expect(await hash(copy)).toBe(first);
    const seen = new Set([first]);
    await chmod(join(copy, "c"), 0o755);
    seen.add(await hash(copy));
    await rm(join(copy, "link"));
    await symlink("a", join(copy, "link"));
    seen.add(await hash(copy));
    await writeFile(join(copy, "a/b"), "contenT");
    seen.add(await hash(copy));
    await rm(join(copy, "a/b"));
    seen.add(await hash(copy));
    expect(seen.size).toBe(5);
  });
});

describe("a reproducible build", () => {
  it("gives the same image twice, with the release's time", async () => {
    const { tree } = await prepare();
    const sums: string[] = [];
    for (let time = 0; time < 2; time++) {
      const { images } = await tree.build().result;
      sums.push(
        createHash("sha256")
          .update(await readFile(images[0]!.path))
          .digest("hex"),
      );
      expect(await readFile(images[0]!.path, "utf8")).toBe(`1781643700 ${tree.output}\n`);
      await tree.clean();
    }
    expect(sums[0]).toBe(sums[1]);
  });
});
