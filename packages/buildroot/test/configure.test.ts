import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rejection } from "./support/errors.js";
import { smallBuildroot, writeTree } from "./support/small-tree.js";
import { temporaryFolder } from "./support/temporary.js";

describe("configure", () => {
  it("writes where each line comes from, later ones over earlier ones", async () => {
    const folder = await temporaryFolder();
    const buildroot = await smallBuildroot(folder, "\t@true");
    await writeTree(folder, {
      "a.fragment": '# one\nBR2_TEXT="a"\nBR2_A=y\n',
      "b.fragment": "# BR2_A is not set\nBR2_NO_SUCH=y\n",
    });
    const result = await buildroot.configure({
      defconfig: "small_defconfig",
      fragments: [join(folder, "a.fragment"), join(folder, "b.fragment")],
      set: { BR2_TEXT: "last", BR2_JLEVEL: 4 },
      accept: ["BR2_NO_SUCH"],
    });
    expect(await readFile(result.configPath, "utf8")).toBe(`# settings of ${buildroot.buildroot}/configs/small_defconfig
# line 1
BR2_SMALL=y
# settings of configure
BR2_DEFCONFIG="${buildroot.buildroot}/configs/small_defconfig"
# settings of ${folder}/b.fragment
# line 1
# BR2_A is not set
# line 2
# settings of set
# line 1
BR2_TEXT="last"
# line 2
BR2_JLEVEL=4
`);
    expect(result).toMatchObject({ requested: 5, previousConfig: undefined });
    expect(result.mismatches).toEqual([
      {
        name: "BR2_NO_SUCH",
        wanted: "y",
        got: undefined,
        reason: "unknown",
        file: `${folder}/b.fragment`,
        line: 2,
        why: [],
        suggestion: undefined,
      },
    ]);
  });

  it("leaves .config as it was when it is ended or a file is missing", async () => {
    const folder = await temporaryFolder();
    const buildroot = await smallBuildroot(folder, "\t@true");
    const config = join(buildroot.output, ".config");
    const hanging = await smallBuildroot(await temporaryFolder(), "\t@true\n\nolddefconfig: hang\nhang:\n\t@sleep 30");
    expect((await rejection(hanging.configure({ defconfig: "small", signal: AbortSignal.timeout(300) }))).code).toBe(
      "ABORTED",
    );
    expect(existsSync(join(hanging.output, ".config"))).toBe(false);
    await writeTree(hanging.output, { ".config": 'BR2_TEXT="mine"\n' });
    await rejection(hanging.configure({ defconfig: "small", signal: AbortSignal.timeout(300) }));
    expect(await readFile(join(hanging.output, ".config"), "utf8")).toBe('BR2_TEXT="mine"\n');
    expect(await readdir(join(hanging.output, "ipa-br"))).toEqual(["configure.log"]);

    for (const fragment of [join(folder, "missing"), "relative"]) {
      const error = await rejection(buildroot.configure({ defconfig: "small", fragments: [fragment] }));
      expect(error.code).toBe("FRAGMENT_NOT_FOUND");
    }
    expect(existsSync(config)).toBe(false);
  });

  it("refuses what Buildroot would drop, and leaves .config as it was", async () => {
    const folder = await temporaryFolder();
    const buildroot = await smallBuildroot(folder, "\t@true");
    const error = await rejection(buildroot.configure({ defconfig: "small", set: { BR2_NO_SUCH: true } }));
    expect(error.code).toBe("SETTINGS_LOST");
    expect(error.message).toBe("Buildroot drops or changes a setting:\nset: BR2_NO_SUCH=y: no such symbol.");
    expect(error.hint).toContain('accept: ["BR2_NO_SUCH"]');
    expect(existsSync(join(buildroot.output, ".config"))).toBe(false);
    await buildroot.configure({ defconfig: "small" });
    const before = await readFile(join(buildroot.output, ".config"), "utf8");
    await rejection(buildroot.configure({ set: { BR2_NO_SUCH: true } }));
    expect(await readFile(join(buildroot.output, ".config"), "utf8")).toBe(before);
    const accepted = await buildroot.configure({ set: { BR2_NO_SUCH: true }, accept: ["BR2_NO_SUCH"] });
    expect(accepted.mismatches).toHaveLength(1);
  });

  it("refuses settings that cannot be", async () => {
    const buildroot = await smallBuildroot(await temporaryFolder(), "\t@true");
    for (const set of [{ BR2_JLEVEL: "many" }, { BR2_TEXT: true }, { BR2_TEXT: "a\nb" }, { "BR2 X": "y" }]) {
      const error = await rejection(buildroot.configure({ defconfig: "small", set: set as Record<string, string> }));
      expect(error.code).toBe("SETTING_INVALID");
    }
  });

  it("suggests names", async () => {
    const buildroot = await smallBuildroot(await temporaryFolder(), "\t@true");
    const error = await rejection(buildroot.configure({ defconfig: "smal" }));
    expect(error).toMatchObject({ code: "DEFCONFIG_UNKNOWN", hint: "Did you mean small_defconfig?" });
  });
});
