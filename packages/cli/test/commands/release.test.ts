import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/exit-codes.js";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";

/** A tree that answers as Buildroot does, and what it built. */
function prepare(): { readonly folder: string; readonly args: readonly string[] } {
  const folder = temporaryFolder();
  const files: Record<string, string> = {
    "tree/Makefile": `BR2_VERSION := 2026.02.3
all:
list-defconfigs:
	@echo '  small_defconfig - x'
olddefconfig:
	@true
savedefconfig:
	@echo BR2_SMALL=y >$(BR2_DEFCONFIG)
show-info:
	@echo '{"a": {"type": "target", "name": "a", "version": "1", "licenses": "MIT", "hashes": [], "downloads": []}}'
`,
    "tree/Config.in": "",
    "tree/configs/small_defconfig": "BR2_SMALL=y\n",
    "external/external.desc": "name: IPA_BR\n",
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

async function ipaBr(folder: string, ...args: readonly string[]) {
  const io = testIo({ cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } });
  return { code: await main(args, io, "1"), out: io.out(), err: io.err() };
}

describe("ipa-br release", { timeout: 60_000 }, () => {
  it("puts a build into one folder, beside the images or where it is told", async () => {
    const { folder, args } = prepare();
    await ipaBr(folder, "configure", "small_defconfig", ...args);
    const early = await ipaBr(folder, "release", ...args);
    expect(early.err).toContain("[RELEASE_INCOMPLETE]");
    expect(early.code).toBe(exitCodes.input);

    mkdirSync(join(folder, "out/images"), { recursive: true });
    for (const name of ["bzImage", "rootfs.cpio.xz"]) writeFileSync(join(folder, "out/images", name), name);
    const done = await ipaBr(folder, "release", "here", ...args);
    expect([done.code, done.out.split("\n")[0]]).toEqual([0, join(folder, "here")]);
    expect(readdirSync(join(folder, "here")).sort()).toEqual(
      "SHA256SUMS bzImage config defconfig licences.csv release.lock.json rootfs.cpio.xz sbom.cdx.json".split(" "),
    );
    expect(readFileSync(join(folder, "here/defconfig"), "utf8")).toBe("BR2_SMALL=y\n");
    expect(readFileSync(join(folder, "here/licences.csv"), "utf8")).toContain("a,1,MIT,local\r\n");
    const json = await ipaBr(folder, "release", "--json", ...args);
    expect(JSON.parse(json.out)).toMatchObject({ folder: join(folder, "out/release") });
  });
});
