import { PassThrough } from "node:stream";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/exit-codes.js";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";

/** A tree with real make and one package, whose makefile names a symbol; a system symbol that is under everything. */
function prepare(): { readonly folder: string; readonly args: readonly string[]; readonly done: () => string } {
  const folder = temporaryFolder();
  const info = {
    foo: {
      type: "target",
      name: "foo",
      version: "1",
      package_dir: "package/foo",
      stamp_dir: "build/foo-1",
      dependencies: [],
      reverse_dependencies: [],
      downloads: [],
    },
  };
  const files: Record<string, string> = {
    "tree/Makefile": `BR2_VERSION := 2026.02.3
all:
	@echo all >> $(O)/done; mkdir -p $(O)/build/foo-1; [ -e $(O)/build/foo-1/.stamp_built ] || echo foo >> $(O)/done
	@touch $(O)/build/foo-1/.stamp_built
list-defconfigs:
	@echo '  foo_defconfig - x'
olddefconfig:
	@:
foo-dirclean:
	@echo foo-dirclean >> $(O)/done; rm -r $(O)/build/foo-1
clean:
	@echo clean >> $(O)/done; rm -r $(O)/build
show-info:
	@echo '${JSON.stringify(info)}'
`,
    "tree/Config.in": 'source "package/foo/Config.in"\nsource "system/Config.in"\n',
    "tree/package/foo/Config.in": 'config BR2_PACKAGE_FOO_X\n\tbool "x"\n',
    "tree/package/foo/foo.mk": "FOO_X = $(BR2_PACKAGE_FOO_X)\n",
    "tree/system/Config.in": 'config BR2_INIT_NONE\n\tbool "none"\n',
    "tree/configs/foo_defconfig": "# BR2_INIT_NONE is not set\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const named = { buildroot: "tree", output: "out", "dl-dir": "dl" };
  return {
    folder,
    args: Object.entries(named).flatMap(([name, path]) => [`--${name}`, join(folder, path)]),
    done: () => {
      const text = readFileSync(join(folder, "out/done"), "utf8");
      writeFileSync(join(folder, "out/done"), "");
      return text.trim().split("\n").join(" ");
    },
  };
}

describe("build after changes", { timeout: 60_000 }, () => {
  it("makes anew what is safe, stops at the rest, explains both", async () => {
    const { folder, args, done } = prepare();
    const env = { PATH: process.env["PATH"], HOME: folder, BR2_EXTERNAL: "" };
    const ipaBr = async (...words: readonly string[]) => {
      const io = testIo({ cwd: folder, env });
      const code = await main([words[0]!, ...args, ...words.slice(1)], io, "1");
      return { code, out: io.out(), err: io.err() };
    };
    expect(await ipaBr("build", "--defconfig", "foo_defconfig")).toMatchObject({ code: 0 });
    expect(done()).toBe("all foo");
    expect(await ipaBr("build")).toMatchObject({ code: 0 });
    expect(done()).toBe("all");

    const explained = await ipaBr("build", "--explain", "--set", "BR2_PACKAGE_FOO_X=y");
    expect(explained.out).toBe(`One package has to be made anew
  foo-dirclean
Why
  BR2_PACKAGE_FOO_X: n, now y
    foo: It is one of the package's own options; Buildroot does not build a package again by itself. [manual: Understanding when a full rebuild is necessary]
`);
    const json = await ipaBr("build", "--explain", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ type: "rebuild-advice", level: "packages", basis: "record" });
    const applied = await ipaBr("build");
    expect(applied.err).toContain("One package has to be made anew\n  foo-dirclean\n");
    expect(done()).toBe("foo-dirclean all foo");

    const stopped = await ipaBr("build", "--set", "BR2_INIT_NONE=y");
    expect(stopped.code).toBe(exitCodes.input);
    expect(stopped.err).toContain("[REBUILD_NEEDED]");
    expect(stopped.err).toContain("--rebuild all, or --rebuild none to go on with what is there");
    expect(await ipaBr("build", "--rebuild", "none")).toMatchObject({ code: 0 });
    expect(done()).toBe("all");
    expect((await ipaBr("build")).code).toBe(exitCodes.input);
    expect(await ipaBr("build", "--rebuild", "all")).toMatchObject({ code: 0 });
    expect(done()).toBe("clean all foo");
    expect((await ipaBr("build", "--explain")).out).toBe("Nothing has to be made anew\n");
  });

  it.for([
    ["c\n", 0, "clean all foo"],
    ["g\n", 0, "all"],
    ["\n", exitCodes.input, ""],
    ["", exitCodes.input, ""],
  ] as const)("asks on a terminal: %j", async ([answer, code, expected]) => {
    const { folder, args, done } = prepare();
    const env = { PATH: process.env["PATH"], HOME: folder, BR2_EXTERNAL: "" };
    const plain = ["build", ...args, "--defconfig", "foo_defconfig"];
    expect(await main(plain, testIo({ cwd: folder, env }), "1")).toBe(0);
    done();
    const io = testIo({ cwd: folder, env, tty: true });
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    stdin.end(answer);
    expect(await main(["build", ...args, "--set", "BR2_INIT_NONE=y"], { ...io, stdin }, "1")).toBe(code);
    expect(io.err()).toContain("Build all of it from clean [c], go on with what is there [g], or stop [S]?");
    expect(done()).toBe(expected);
  });
});
