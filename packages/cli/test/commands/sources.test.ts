import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo, type TestIo } from "../support/io.js";

const sha = createHash("sha256").update("the tarball\n").digest("hex");

/** A tree that answers as Buildroot does, and a mirror that has one of its two files. */
function prepare(): { folder: string; args: readonly string[] } {
  const folder = temporaryFolder();
  const downloads = (name: string) =>
    `"downloads": [{"source": "${name}-1.tar", "uris": ["${name === "a" ? "git+" : "https+"}https://x.invalid/${name}"]}]`;
  const files: Record<string, string> = {
    "tree/Makefile": `BR2_VERSION := 2026.02.3
all:
list-defconfigs:
	@echo 'Built-in configs:'; echo '  small_defconfig - Build for x'
olddefconfig:
	@true
show-info:
	@echo '{"a": {"type": "target", "version": "1", "dl_dir": "a", "hashes": ["package/a.hash"], ${downloads("a")}},'
	@echo '"b": {"type": "target", "version": "1", "dl_dir": "b", "hashes": ["package/b.hash"], ${downloads("b")}}}'
`,
    "tree/Config.in": "",
    "tree/configs/small_defconfig": "",
    "tree/package/a.hash": `sha256 ${sha} a-1.tar\n`,
    "tree/package/b.hash": `sha256 ${"0".repeat(64)} b-1.tar\n`,
    "mirror/a/a-1.tar": "the tarball\n",
    "mirror/b-1.tar": "another tarball\n",
    "external/external.desc": "name: EMPTY\n",
    "external/Config.in": "",
    "external/external.mk": "",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const named = { buildroot: "tree", external: "external", output: "out", "dl-dir": "dl" };
  return { folder, args: Object.entries(named).flatMap(([name, path]) => [`--${name}`, join(folder, path)]) };
}

async function run(folder: string, args: readonly string[]): Promise<TestIo & { readonly code: number }> {
  const io = testIo({ cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } });
  return { ...io, code: await main(args, io, "1") };
}

describe("ipa-br sources", { timeout: 60_000 }, () => {
  it("names what is overridden by a folder, and asks for no file of it", async () => {
    const { folder, args } = prepare();
    const makefile = readFileSync(join(folder, "tree/Makefile"), "utf8");
    const info = (name: string, version: string) =>
      `"${name}": {"type": "target", "version": "${version}", "dl_dir": "a", "stamp_dir": "build/${name}-custom", "downloads": [{"source": "a-custom.tar", "uris": ["https+https://x.invalid"]}]}`;
    writeFileSync(
      join(folder, "tree/Makefile"),
      `${makefile.slice(0, makefile.indexOf("show-info:"))}show-info:
	@echo '{${info("a", "1.0")}, ${info("a-libs", "custom")}}'
show-vars:
	@echo '{"A_OVERRIDE_SRCDIR": {"expanded": "/srv/a"}, "A_LIBS_OVERRIDE_SRCDIR": {"expanded": "/srv/a"}}'
`,
    );
    expect((await run(folder, ["configure", "small_defconfig", ...args])).code).toBe(0);
    const plan = await run(folder, ["sources", "plan", ...args, "--no-debian", "--no-pypi"]);
    expect([plan.code, plan.err()]).toEqual([0, ""]);
    expect(plan.out()).toBe(
      `0 files for ${folder}/dl\n2 packages whose source is overridden by a folder:\n  a       not 1.0  /srv/a\n  a-libs           /srv/a\n`,
    );
  });

  it("plans, fetches what is to be had, and says what is not", async () => {
    const { folder, args } = prepare();
    const here = [...args, "--no-debian", "--no-pypi", "--mirror", "mirror"];
    const early = await run(folder, ["sources", "plan", ...here]);
    expect(early.err()).toContain("[NOT_CONFIGURED]");
    expect((await run(folder, ["configure", "small_defconfig", ...args])).code).toBe(0);

    const bare = await run(folder, ["sources", "plan", ...here, "--no-probe"]);
    expect([bare.code, bare.err()]).toEqual([0, ""]);
    expect(bare.out()).toBe(`a-1.tar  a  mirror (make: git)\nb-1.tar  b  mirror upstream\n2 files for ${folder}/dl\n`);
    const plan = await run(folder, ["sources", "plan", ...here]);
    expect(plan.out()).toBe(
      `a-1.tar  a  mirror (make: git)  to be had: mirror\nb-1.tar  b  mirror upstream     NOWHERE\n2 files for ${folder}/dl\n`,
    );
    expect(plan.code).toBe(6);
    expect(plan.err()).toContain("files that no reachable place has (1): [SOURCES_INCOMPLETE]\n    b-1.tar: ");

    const fetched = await run(folder, ["sources", "fetch", ...here]);
    expect(fetched.code).toBe(6);
    expect(fetched.out()).toMatch(/^2 files, 12 B fetched in .*\n {2}from mirror +1\n {2}missing +1\n$/);
    expect(fetched.err()).toContain("files that no reachable place has (1): [SOURCES_INCOMPLETE]\n    b-1.tar: ");
    expect(fetched.err()).toContain("--mirror DIR");
    expect(readFileSync(join(folder, "dl/a/a-1.tar"), "utf8")).toBe("the tarball\n");

    const verified = await run(folder, ["sources", "verify", ...args]);
    expect(verified.code).toBe(6);
    expect(verified.out()).toBe(`1 of 2 files are there and right: ${folder}/dl\n`);
    expect(verified.err()).toMatch(/b-1\.tar: missing\n {2}try: ipa-br sources fetch\n/);
  });

  it("packs what is here for another machine, where the tarball is a mirror", async () => {
    const { folder, args } = prepare();
    const here = [...args, "--no-debian", "--no-pypi"];
    await run(folder, ["configure", "small_defconfig", ...args]);
    await run(folder, ["sources", "fetch", ...here, "--mirror", "mirror"]);
    const packed = await run(folder, ["sources", "export", "out.tar", ...here]);
    expect(packed.code).toBe(6);
    expect(packed.out()).toBe(`1 files, 12 B: ${folder}/out.tar\n`);
    expect(packed.err()).toContain("b-1.tar");
    const elsewhere = await run(folder, ["sources", "fetch", ...here, "--dl-dir", "other", "--mirror", "out.tar"]);
    expect(elsewhere.out()).toContain("from mirror  1");
    expect(readFileSync(join(folder, "other/a/a-1.tar"), "utf8")).toBe("the tarball\n");
    const aimless = await run(folder, ["sources", "export", ...here]);
    expect(aimless.err()).toContain("sources export takes a target");
  });

  it("builds offline only with all sources here", async () => {
    const { folder, args } = prepare();
    const { code, err } = await run(folder, ["build", "--offline", "--defconfig", "small_defconfig", ...args]);
    expect(code).toBe(6);
    expect(err()).toContain("2 files are needed and not here: [SOURCES_MISSING]\n    a-1.tar (a): not in ");
    expect(err()).toContain("ipa-br sources fetch");
  });

  it("prints JSON", async () => {
    const { folder, args } = prepare();
    await run(folder, ["configure", "small_defconfig", ...args]);
    const { out } = await run(folder, ["sources", "plan", ...args, "--no-debian", "--no-pypi", "--no-probe", "--json"]);
    expect(JSON.parse(out())).toMatchObject({
      dlDir: `${folder}/dl`,
      files: [{ name: "a-1.tar" }, { name: "b-1.tar" }],
    });
  });

  it("knows no other action", async () => {
    const { code, err } = await run(temporaryFolder(), ["sources", "improve"]);
    expect(code).toBe(2);
    expect(err()).toContain("Allowed choices are plan, fetch, verify, export");
  });
});
