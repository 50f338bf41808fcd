import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openBuildroot, type OpenOptions } from "../src/index.js";
import { rejection } from "./support/errors.js";
import { env } from "./support/programs.js";
import { writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

let folder: string;
let good: OpenOptions;

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeTree(folder, {
    "br/Makefile": "export BR2_VERSION := 2026.02.3\n",
    "ext/external.desc": "name: ONE\ndesc: The first\n",
    "ext/Config.in": "",
    "ext/external.mk": "",
  });
  good = { buildroot: join(folder, "br"), output: join(folder, "out"), externals: [join(folder, "ext")], env };
});

const refusal = (options: Partial<OpenOptions>): ReturnType<typeof rejection> =>
  rejection(openBuildroot({ ...good, ...options }));

describe("openBuildroot", () => {
  it("opens what is in order, and writes nothing", async () => {
    const before = await readdir(folder);
    const buildroot = await openBuildroot(good);
    expect(buildroot).toMatchObject({ version: "2026.02.3", buildroot: good.buildroot, output: good.output });
    expect(buildroot.externals).toEqual([{ name: "ONE", description: "The first", path: join(folder, "ext") }]);
    expect(await readdir(folder)).toEqual(before);
    expect(await buildroot.images()).toEqual([]);
    const error = await rejection(buildroot.showInfo());
    expect(error.code).toBe("NOT_CONFIGURED");
  });

  it("returns the variables of the manual flow, BR2_EXTERNAL never empty", async () => {
    const full = await openBuildroot({
      ...good,
      dlDir: "/var/dl",
      env: { ...env, BR2_DL_DIR: "/other", BR2_CCACHE_DIR: "/var/ccache" },
      host: { uid: 0, hostname: "h" },
    });
    expect(full.environment()).toEqual({
      O: good.output,
      BR2_UPSTREAM: good.buildroot,
      BR2_EXTERNAL: join(folder, "ext"),
      BR2_DL_DIR: "/var/dl",
      BR2_CCACHE_DIR: "/var/ccache",
      TERM: "dumb",
      FORCE_UNSAFE_CONFIGURE: "1",
    });
    const bare = await openBuildroot({ ...good, externals: [], host: { uid: 1000, hostname: "h" } });
    expect(Object.keys(bare.environment())).toEqual(["O", "BR2_UPSTREAM", "TERM"]);
  });

  it("joins several external trees by a colon, in order", async () => {
    await writeTree(folder, { "two/external.desc": "name: TWO\n", "two/Config.in": "", "two/external.mk": "" });
    const buildroot = await openBuildroot({ ...good, externals: [join(folder, "two"), join(folder, "ext")] });
    expect(buildroot.environment()["BR2_EXTERNAL"]).toBe(`${folder}/two:${folder}/ext`);
    expect(buildroot.externals[0]?.description).toBeUndefined();
  });
});

describe("the Buildroot tree", () => {
  it("must be there, with a Makefile that sets the version", async () => {
    for (const name of ["missing", "ext"])
      expect((await refusal({ buildroot: join(folder, name) })).code).toBe("BUILDROOT_INVALID");
    await writeFile(join(folder, "br/Makefile"), "all:\n");
    expect((await refusal({})).message).toContain("sets no BR2_VERSION");
  });

  it("must have a path that make can work with", async () => {
    await mkdir(join(folder, "a b"));
    await writeFile(join(folder, "a b/Makefile"), "BR2_VERSION = 1\n");
    expect((await refusal({ buildroot: join(folder, "a b") })).message).toContain("contains a space");
    await symlink(join(folder, "a b"), join(folder, "plain"));
    expect((await refusal({ buildroot: join(folder, "plain") })).message).toContain("contains a space");
    expect((await refusal({ buildroot: "." })).code).toBe("BUILDROOT_INVALID");
  });
});

describe("the output folder", () => {
  it.each(["a b", "a@b", "a:b", "a$b", "a#b", "a%b", "a;b", "a'b", 'a"b', "a\\b", "a\tb", "a\nb", "a,b", "a(b", "a*b"])(
    "must not be %j",
    async (name) => {
      const error = await refusal({ output: join(folder, name) });
      expect(error.code).toBe("OUTPUT_INVALID");
      expect(error.hint).toBeTruthy();
    },
  );

  it("must be absolute, and not reach such a path by a link", async () => {
    expect((await refusal({ output: "out" })).code).toBe("OUTPUT_INVALID");
    await mkdir(join(folder, "a b"));
    await symlink(join(folder, "a b"), join(folder, "link"));
    expect((await refusal({ output: join(folder, "link/out") })).message).toContain("contains a space");
  });

  it("must not be a tree, nor Buildroot's default, nor another project", async () => {
    for (const output of ["br", "br/output", "", "ext"])
      expect((await refusal({ output: join(folder, output) })).code).toBe("OUTPUT_INVALID");
    await writeTree(folder, { "project/Makefile": "all: ; echo mine\n" });
    expect((await refusal({ output: join(folder, "project") })).message).toContain("some other project");
    await writeFile(join(folder, "file"), "");
    expect((await refusal({ output: join(folder, "file") })).code).toBe("OUTPUT_INVALID");
    expect((await refusal({ output: join(folder, "file/below") })).code).toBe("OUTPUT_UNWRITABLE");
  });

  it("must be writable", async (ctx) => {
    ctx.skip(process.getuid?.() === 0, "root may write everywhere");
    await mkdir(join(folder, "locked"));
    await chmod(join(folder, "locked"), 0o555);
    expect((await refusal({ output: join(folder, "locked/out") })).code).toBe("OUTPUT_UNWRITABLE");
  });

  it("that cannot be made is told at the first use", async () => {
    // /proc takes no folders, not even root's, whom nothing stops before.
    const open = openBuildroot({ ...good, output: "/proc/brd_out" });
    const error = await rejection(open.then((buildroot) => buildroot.clean()));
    expect(error.code).toBe("OUTPUT_UNWRITABLE");
  });

  it("must not belong to another Buildroot tree", async () => {
    const generated = `# Automatically generated by /else/buildroot/support/scripts/mkmakefile: don't edit\nMAKEARGS := -C /else/buildroot\n`;
    await writeTree(folder, { "out/Makefile": generated });
    // Nothing is in it yet, so nothing can be lost.
    await openBuildroot(good);
    await writeTree(folder, { "out/.config": "" });
    const error = await refusal({});
    expect(error.code).toBe("OUTPUT_FOREIGN");
    expect(error.message).toBe(
      `${good.output} belongs to the Buildroot tree /else/buildroot, not to ${good.buildroot}.`,
    );
  });

  it("must not belong to another Buildroot tree by our own note", async () => {
    await writeTree(folder, { "out/.config": "", "out/ipa-br/output.json": '{"buildroot":"/else","externals":[]}' });
    expect((await refusal({})).code).toBe("OUTPUT_FOREIGN");
    await writeTree(folder, { "out/ipa-br/output.json": "{" });
    await openBuildroot(good);
  });

  it("must not belong to other external trees, and remembers its own", async () => {
    const two = join(folder, "two");
    await writeTree(two, { "external.desc": "name: TWO\n", "Config.in": "", "external.mk": "" });
    await writeTree(folder, {
      "out/.config": "",
      "out/.br2-external.mk": `BR2_EXTERNAL ?= ${two}\nBR2_EXTERNAL_DIRS = \nBR2_EXTERNAL_DIRS += ${two}\n`,
    });
    const error = await refusal({});
    expect(error.code).toBe("OUTPUT_FOREIGN");
    expect(error.message).toBe(`${good.output} was made with ${two}, and this run has ${folder}/ext.`);
    expect((await refusal({ externals: [] })).message).toContain("has no external tree");
    await openBuildroot({ ...good, externals: [two] });
    const { externals: _left, ...without } = good;
    expect((await openBuildroot(without)).externals.map(({ name }) => name)).toEqual(["TWO"]);
    const env = { ...good.env, BR2_EXTERNAL: join(folder, "ext") };
    expect((await rejection(openBuildroot({ ...without, env }))).code).toBe("OUTPUT_FOREIGN");
    const fresh = await openBuildroot({ ...without, env, output: join(folder, "fresh") });
    expect(fresh.externals.map(({ name }) => name)).toEqual(["ONE"]);
  });
});

describe("external trees", () => {
  it("must have all that Buildroot asks for", async () => {
    const cases: [Record<string, string>, string][] = [
      [{}, "has no external.desc"],
      [{ "external.desc": "desc: x\n" }, 'without a line "name: NAME"'],
      [{ "external.desc": "name: A-B\n" }, '"-" is not allowed'],
      [{ "external.desc": "name: A\n", "external.mk": "" }, "has no Config.in"],
      [{ "external.desc": "name: A\n", "Config.in": "" }, "has no external.mk"],
    ];
    for (const [index, [files, problem]] of cases.entries()) {
      const tree = join(folder, `bad${index}`);
      await mkdir(tree);
      await writeTree(tree, files);
      const error = await refusal({ externals: [tree] });
      expect(error.code).toBe("EXTERNAL_INVALID");
      expect(error.message).toContain(problem);
    }
    expect((await refusal({ externals: [join(folder, "missing")] })).code).toBe("EXTERNAL_INVALID");
    expect((await refusal({ externals: [join(folder, "missing:too")] })).code).toBe("EXTERNAL_INVALID");
  });

  it("must have names of their own", async () => {
    await writeTree(folder, { "twin/external.desc": "name: ONE\n", "twin/Config.in": "", "twin/external.mk": "" });
    const error = await refusal({ externals: [join(folder, "ext"), join(folder, "twin")] });
    expect(error.code).toBe("EXTERNAL_DUPLICATE");
    expect(error.message).toContain(`${folder}/ext and ${folder}/twin`);
    expect((await refusal({ externals: [join(folder, "ext"), join(folder, "ext")] })).message).toContain("named twice");
  });
});

describe("the environment", () => {
  it.each([
    ["PATH", "/usr/bin:", "element 2 is empty"],
    ["PATH", ".:/usr/bin", 'element 1 is "."'],
    ["PATH", "/usr/bin:/my tools:/bin", 'element 2 "/my tools" contains white space'],
    ["LD_LIBRARY_PATH", "/lib::/x", "element 2 is empty"],
    ["LD_LIBRARY_PATH", "/lib:.", 'element 2 is "."'],
  ])("refuses %s=%j", async (variable, value, problem) => {
    const error = await refusal({ env: { ...env, [variable]: value } });
    expect(error.code).toBe("ENVIRONMENT_INVALID");
    expect(error.message).toContain(problem);
    expect(error.hint).toMatch(new RegExp(`export ${variable}=`));
  });

  it.each(["-j8", "-kj", "j4", "--jobs=3", "-k -j 2"])("refuses MAKEFLAGS=%j of the user's own", async (value) => {
    expect((await refusal({ env: { ...env, MAKEFLAGS: value } })).code).toBe("MAKEFLAGS_PARALLEL");
    await openBuildroot({ ...good, env: { ...env, MAKEFLAGS: value, MAKELEVEL: "1" } });
  });

  it("refuses folders for downloads that make cannot work with", async () => {
    expect((await refusal({ dlDir: "/my downloads" })).code).toBe("ENVIRONMENT_INVALID");
    expect((await refusal({ env: { ...env, BR2_CCACHE_DIR: "cache" } })).message).toContain(
      "BR2_CCACHE_DIR is not absolute",
    );
  });

  it("needs GNU make, and a new one", async () => {
    expect((await refusal({ env: { PATH: join(folder, "bin") } })).code).toBe("MAKE_NOT_FOUND");
    await mkdir(join(folder, "bin"));
    const make = join(folder, "bin/make");
    await writeFile(make, "#!/bin/sh\necho 'GNU Make 3.80'\n", { mode: 0o755 });
    expect((await refusal({ env: { PATH: join(folder, "bin") } })).code).toBe("MAKE_TOO_OLD");
    await writeFile(make, "#!/bin/sh\necho 'usage: make'\nexit 1\n");
    expect((await refusal({ make })).message).toContain("is not GNU make");
  });
});
