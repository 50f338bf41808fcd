import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ipaPreset } from "@ipa-br/preset-ipa";
import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/exit-codes.js";
import { main } from "../../src/main.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";

/** A tree whose makefile answers as Buildroot does, with a defconfig for every profile. */
function prepare(): { readonly folder: string; readonly args: readonly string[] } {
  const folder = temporaryFolder();
  const files: Record<string, string> = {
    "tree/Makefile": `BR2_VERSION := 2026.02.3
all:
	@mkdir -p $(O)/images; cp $(O)/.config $(O)/images/bzImage
list-defconfigs:
	@for name in ${ipaPreset.profiles.map(({ defconfig }) => defconfig).join(" ")}; do echo "  $$name - x"; done
olddefconfig show-info:
	@echo '{}'
`,
    "tree/Config.in": "",
    "external/external.desc": "name: IPA_BR\n",
    "external/Config.in": "",
    "external/external.mk": "",
    ...Object.fromEntries(
      ipaPreset.profiles.map(({ name, defconfig }) => [
        `tree/configs/${defconfig}`,
        `BR2_${name.replace("-", "_")}=y\n`,
      ]),
    ),
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
  return { code: await main(args, io, "1"), err: io.err() };
}

describe("--profile", { timeout: 60_000 }, () => {
  it.for(ipaPreset.profiles)("$name configures $defconfig", async ({ name }) => {
    const { folder, args } = prepare();
    const { code, err } = await ipaBr(folder, "configure", "--profile", name, ...args);
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(readFileSync(join(folder, "out/.config"), "utf8")).toContain(`BR2_${name.replace("-", "_")}=y\n`);
  });

  it("of build configures first", async () => {
    const { folder, args } = prepare();
    expect((await ipaBr(folder, "build", "--profile", "vm", ...args)).code).toBe(0);
    expect(readFileSync(join(folder, "out/images/bzImage"), "utf8")).toContain("BR2_vm=y\n");
  });

  it("and a defconfig exclude each other; an unknown one is refused", async () => {
    const { folder, args } = prepare();
    const both = await ipaBr(folder, "configure", "openstack_ipa_defconfig", "--profile", "vm", ...args);
    expect(both.err).toContain("exclude each other");
    expect(both.code).toBe(exitCodes.usage);
    const unknown = await ipaBr(folder, "configure", "--profile", "tiny", ...args);
    expect(unknown.err).toContain("Allowed choices are vm, server, full, aarch64-vm");
    expect(unknown.code).toBe(exitCodes.usage);
  });
});
