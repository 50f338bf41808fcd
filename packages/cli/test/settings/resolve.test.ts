import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveSettings, uniqueOutput } from "../../src/settings/resolve.js";
import { temporaryFolder } from "../support/folder.js";
import { testIo } from "../support/io.js";

describe("resolveSettings", () => {
  it("has working defaults outside of any clone", async () => {
    const cwd = temporaryFolder();
    const settings = await resolveSettings(testIo({ cwd, env: { HOME: "/home/me" } }), {});
    expect(settings).toMatchObject({
      buildroot: undefined,
      clone: undefined,
      defconfig: "openstack_ipa_defconfig",
      output: join(cwd, "output"),
      dlDir: "/home/me/.cache/ipa-br/dl",
      ccacheDir: "/home/me/.cache/ipa-br/ccache",
      fragments: [],
      set: {},
      allowMismatch: [],
    });
    expect(settings.externals).toHaveLength(1);
    expect(settings.externals[0]).toMatch(/^\/.*(buildroot-ipa|tree)$/);
  });

  it("takes the option over the environment over the config file over the default, each by itself", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "ipa-br.config.json"),
      JSON.stringify({
        buildroot: "b",
        external: "e",
        output: "o",
        dlDir: "d",
        ccacheDir: "c",
        fragment: ["f"],
        set: { A: 1, B: 1, C: 1 },
        allowMismatch: "A",
      }),
    );
    const env = { BR2_DL_DIR: "env-d", BR2_EXTERNAL: "env-e:/x", BR2_CCACHE_DIR: "", IPA_BR_SET: "B=2\nC=2" };
    const settings = await resolveSettings(testIo({ cwd, env }), {
      output: "option-o",
      dlDir: "option-d",
      set: ["C=3"],
    });
    expect(settings).toMatchObject({
      buildroot: join(cwd, "b"),
      externals: [join(cwd, "env-e"), "/x"],
      output: join(cwd, "option-o"),
      dlDir: join(cwd, "option-d"),
      ccacheDir: join(cwd, "c"),
      fragments: [join(cwd, "f")],
      set: { A: 1, B: "2", C: "3" },
      allowMismatch: ["A"],
      configFile: join(cwd, "ipa-br.config.json"),
      origins: {
        buildroot: "config file",
        external: "environment",
        output: "option",
        dlDir: "option",
        ccacheDir: "config file",
        defconfig: "default",
        fragment: "config file",
        allowMismatch: "config file",
      },
    });
  });

  it("finds a config file in a folder above and takes its paths from there", async () => {
    const top = temporaryFolder();
    const cwd = join(top, "a/b");
    mkdirSync(cwd, { recursive: true });
    writeFileSync(
      join(top, "ipa-br.config.mjs"),
      'export default { output: "images", defconfig: "mine_defconfig" };\n',
    );
    const settings = await resolveSettings(testIo({ cwd, env: {} }), {});
    expect(settings).toMatchObject({ output: join(top, "images"), defconfig: "mine_defconfig" });
  });

  it.each([
    ["ipa-br.config.json", '{ "outptu": "x" }', /no setting is called "outptu"/, 'did you mean "output"?'],
    ["ipa-br.config.json", '{ "output": 3 }', /output: .*Expected string/i, "the settings are"],
    ["ipa-br.config.json", "{", /cannot be read/, "--config FILE"],
    ["ipa-br.config.mjs", "export default nothing;", /nothing is not defined/, "--config FILE"],
  ])("refuses %s holding %s", async (name, content, message, hint) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, name), content);
    const error: unknown = await resolveSettings(testIo({ cwd, env: {} }), {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringMatching(message),
      hint: expect.stringContaining(hint),
    });
  });

  it("refuses a named config file that is not there", async () => {
    const cwd = temporaryFolder();
    await expect(resolveSettings(testIo({ cwd, env: {} }), { config: "absent.json" })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("absent.json"),
    });
  });

  it("works in the clone that its launcher names", async () => {
    const clone = temporaryFolder();
    for (const file of ["buildroot-ipa/external.desc", "packages/cli/package.json"]) {
      mkdirSync(join(clone, file, ".."), { recursive: true });
      writeFileSync(join(clone, file), "{}");
    }
    const settings = await resolveSettings(testIo({ cwd: "/", env: { IPA_BR_CLONE: clone } }), {});
    expect(settings).toMatchObject({
      clone,
      output: join(clone, "output"),
      externals: [join(clone, "buildroot-ipa")],
    });
  });
});

describe("uniqueOutput", () => {
  it("names a folder by second and chance", () => {
    expect(uniqueOutput("/o", 1_700_000_000_999, () => 0)).toBe("/o/1700000000-aaaaaa");
    expect(uniqueOutput("/o", 0)).not.toBe(uniqueOutput("/o", 0));
  });
});
