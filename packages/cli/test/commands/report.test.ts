import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo, type TestIo } from "../support/io.js";

/** A tree whose build makes an image of what BR2_TEXT says. */
function prepare(): { folder: string; args: (output: string) => readonly string[] } {
  const folder = temporaryFolder();
  const files: Record<string, string> = {
    "tree/Makefile": `BR2_VERSION := 2026.02.3
-include $(O)/.config
all:
	@mkdir -p $(O)/images $(O)/target $(O)/build; echo $(BR2_TEXT) > $(O)/images/x.img; echo $(BR2_TEXT) > $(O)/target/a
	@echo 'a,./a' > $(O)/build/packages-file-list.txt
	@printf '1.0:start:build : a\\n3.0:end  :build : a\\n' > $(O)/build/build-time.log
list-defconfigs:
	@echo 'Built-in configs:'; echo '  small_defconfig - Build for x'
olddefconfig:
	@true
show-info:
	@echo '{"a": {"type": "target", "version": "1", "licenses": "MIT", "hashes": [], "downloads": []}}'
`,
    "tree/Config.in": 'config BR2_TEXT\n\tstring "x"\n',
    "tree/configs/small_defconfig": 'BR2_TEXT="one"\n',
    "external/external.desc": "name: EMPTY\n",
    "external/Config.in": "",
    "external/external.mk": "",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const args = (output: string): readonly string[] => [
    ...["--buildroot", join(folder, "tree"), "--external", join(folder, "external")],
    ...["--output", join(folder, output)],
  ];
  return { folder, args };
}

async function run(folder: string, args: readonly string[]): Promise<TestIo & { readonly code: number }> {
  const io = testIo({ cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } });
  return { ...io, code: await main(args, io, "1") };
}

describe("ipa-br report and diff", { timeout: 60_000 }, () => {
  it("writes a page, its data and the SBOM, and tells two builds apart", async () => {
    const { folder, args } = prepare();
    await run(folder, ["build", "--defconfig", "small", ...args("one")]);
    await run(folder, ["build", "--defconfig", "small", "--set", "BR2_TEXT=another", ...args("two")]);
    const reported = await run(folder, ["report", ...args("one"), "--sbom", "sbom.json", "--json", "deep/one.json"]);
    expect(reported.err()).toBe("");
    expect(reported.out()).toBe(`${folder}/one/ipa-br/report.html\n`);
    expect(readFileSync(join(folder, "one/ipa-br/report.html"), "utf8")).toContain("small_defconfig");
    expect(JSON.parse(readFileSync(join(folder, "sbom.json"), "utf8"))).toMatchObject({ bomFormat: "CycloneDX" });
    expect(existsSync(join(folder, "deep/one.json"))).toBe(true);

    const { out, code } = await run(folder, ["diff", "deep/one.json", "two"]);
    expect(code).toBe(0);
    expect(out()).toBe(`Images
  x.img  4 B  8 B  +4 B
Root file system: 4 B to 8 B (+4 B)
Packages
  a  1  1  +4 B
Configuration
  BR2_TEXT  "one"  "another"
`);
    expect((await run(folder, ["diff", "two", "two"])).out()).toBe("No difference.\n");
    const json = await run(folder, ["diff", "one", "two", "--json"]);
    expect(JSON.parse(json.out())).toMatchObject({ targetSize: { before: 4, after: 8 } });
    const wrong = await run(folder, ["diff", "one", "external"]);
    expect([wrong.code, wrong.err()]).toEqual([4, expect.stringContaining("[REPORT_INVALID]")]);
  });

  it("locks what it builds, and refuses what differs", async () => {
    const { folder, args } = prepare();
    const early = await run(folder, ["build", "--locked", "--defconfig", "small", ...args("one")]);
    expect([early.code, early.err()]).toEqual([4, expect.stringContaining("[LOCK_INVALID]")]);
    const locked = await run(folder, ["lock", ...args("one")]);
    expect(locked.out()).toBe(`${folder}/ipa-br.lock.json\n`);
    expect((await run(folder, ["lock", "--check", ...args("one")])).code).toBe(0);
    expect((await run(folder, ["build", "--locked", ...args("one")])).code).toBe(0);
    const drifted = await run(folder, ["build", "--locked", "--set", "BR2_TEXT=two", ...args("one")]);
    expect(drifted.code).toBe(4);
    expect(drifted.err()).toContain('configuration BR2_TEXT: locked "one", found "two"');
    const schema = await run(folder, ["lock", "--schema"]);
    expect(JSON.parse(schema.out())).toMatchObject({ properties: { version: { const: 1 } } });
  });

  it("builds a matrix here, and prints it as pipelines", async () => {
    const { folder, args } = prepare();
    const configurations = [
      { name: "a", defconfig: "small_defconfig" },
      { name: "b", defconfig: "small_defconfig", fragments: ["b.fragment"] },
      { name: "c", defconfig: "none_defconfig" },
    ];
    writeFileSync(join(folder, "b.fragment"), 'BR2_TEXT="bee"\n');
    writeFileSync(join(folder, "ipa-br.matrix.json"), JSON.stringify({ configurations }));
    const built = await run(folder, ["matrix", "run", "--at-once", "2", ...args("out")]);
    expect(built.code).toBe(1);
    expect(readFileSync(join(folder, "out/b/images/x.img"), "utf8")).toBe("bee\n");
    expect(built.out()).toMatch(/^a {2}built {3}.*\nb {2}built {3}.*\nc {2}failed {2}DEFCONFIG_UNKNOWN\n$/);
    expect(built.err()).toContain(
      "1 of 3 were not built: [MATRIX_FAILED]\n    c: There is no defconfig none_defconfig.",
    );
    for (const engine of ["github", "gitlab"]) {
      const { out, code } = await run(folder, ["matrix", engine, "--remote-cache", "http://cache.example/c"]);
      expect(code).toBe(0);
      expect(out()).toContain("CCACHE_REMOTE_STORAGE: http://cache.example/c");
    }
    expect((await run(folder, ["matrix", "kubernetes"])).err()).toContain("needs an image and a claim");
    const job = await run(folder, ["matrix", "kubernetes", "--image", "i", "--claim", "c", "--out", "job.yaml"]);
    expect(job.out()).toBe(`${folder}/job.yaml\n`);
    writeFileSync(join(folder, "ipa-br.matrix.json"), '{"configurations": [{"name": "a"}]}');
    expect((await run(folder, ["matrix", "github"])).err()).toContain("[CONFIG_INVALID]");
  });
});
