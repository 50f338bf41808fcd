import { describe, expect, it } from "vitest";
import { dialects, memoryHost, runConf, type ConfMode, type ConfOptions, type ConfResult } from "../../src/index.js";

const Kconfig = `
mainmenu "Trial"
config MODULES
	def_bool y
	modules
config A
	tristate "a"
config B
	string "b"
	default "quoted \\"text\\""
	depends on A
`;

function conf(
  mode: ConfMode,
  files: Readonly<Record<string, string>> = {},
  more: Partial<ConfOptions> = {},
): ConfResult {
  const host = memoryHost({ Kconfig, ...files });
  return runConf({ mode, root: "Kconfig", host, dialect: dialects["linux-6.12"], env: {}, ...more });
}

const written = (a: string): string =>
  `#\n# Automatically generated file; DO NOT EDIT.\n# Trial\n#\nCONFIG_MODULES=y\n${a}`;
const on = 'CONFIG_A=m\nCONFIG_B="x"\n';

describe("runConf", () => {
  it("does nothing itself: the files are in the result", () => {
    expect(conf("olddefconfig", { ".config": on })).toEqual({
      exitCode: 0,
      stdout: "#\n# configuration written to .config\n#\n",
      stderr: "",
      files: [{ path: ".config", text: written(on), backup: true }],
    });
  });

  it("leaves a .config alone that would not change, as Linux does", () => {
    const result = conf("olddefconfig", { ".config": written(on) });
    expect(result.stdout).toBe("#\n# No change to .config\n#\n");
    expect(result.files).toEqual([]);
    expect(conf("olddefconfig", { ".config": written(on) }, { silent: true }).stdout).toBe("");
  });

  it.each([
    ["yes2modconfig", "y", "CONFIG_A=m\n"],
    ["mod2yesconfig", "m", "CONFIG_A=y\n"],
  ] as const)("%s", (mode, value, line) => {
    expect(conf(mode, { ".config": `CONFIG_A=${value}\nCONFIG_B="x"\n` }).files[0]?.text).toBe(
      written(`${line}CONFIG_B="x"\n`),
    );
  });

  it("mod2noconfig", () => {
    expect(conf("mod2noconfig", { ".config": on }).files[0]?.text).toBe(written("# CONFIG_A is not set\n"));
  });

  it("lists new symbols with their defaults", () => {
    const { stdout, files } = conf("listnewconfig", { ".config": "CONFIG_A=y\n" });
    expect(stdout).toBe('CONFIG_B="quoted \\"text\\""\n');
    expect(files).toEqual([]);
    expect(conf("listnewconfig").stdout).toBe("CONFIG_A=n\n");
  });

  it("takes defaults from the first file of KCONFIG_DEFCONFIG_LIST that exists", () => {
    const result = conf("olddefconfig", { "a.config": on }, { env: { KCONFIG_DEFCONFIG_LIST: "none a.config" } });
    expect(result.stdout).toContain("# using defaults found in a.config\n");
    expect(result.files[0]?.text).toBe(written(on));
  });

  it("looks for files below srctree too", () => {
    const host = memoryHost({ "src/Kconfig": Kconfig, "src/tiny": "CONFIG_A=y\n" });
    const result = conf(
      "defconfig",
      {},
      { host, file: "tiny", env: { srctree: "src", KCONFIG_CONFIG: "out/.config" } },
    );
    expect(result.files[0]?.path).toBe("out/.config");
    expect(result.files[0]?.text).toContain("CONFIG_A=y\n");
  });

  it("fails on warnings with KCONFIG_WERROR, on unknown names with KCONFIG_WARN_UNKNOWN_SYMBOLS too", () => {
    const files = { ".config": "CONFIG_GONE=y\n" };
    expect(conf("olddefconfig", files, { env: { KCONFIG_WERROR: "1" } }).exitCode).toBe(0);
    const env = { KCONFIG_WERROR: "1", KCONFIG_WARN_UNKNOWN_SYMBOLS: "1" };
    expect(conf("olddefconfig", files, { env })).toMatchObject({
      exitCode: 1,
      stderr: ".config:1:warning: unknown symbol: GONE\n",
      files: [],
    });
  });

  it("refuses a tree with errors, and writes nothing", () => {
    const { exitCode, stderr, files } = conf("alldefconfig", { Kconfig: 'config A\n\tbool "a\n' });
    expect([exitCode, files]).toEqual([1, []]);
    expect(stderr).toMatch(/^Kconfig:2:error: /);
  });

  it.each(["oldaskconfig", "helpnewconfig", "syncconfig", "randconfig"] as const)(
    "says so where it cannot do %s",
    (mode) => {
      expect(() => conf(mode)).toThrow(expect.objectContaining({ code: "MODE_UNSUPPORTED" }) as Error);
    },
  );

  it("asks nothing: oldconfig with a new symbol is an error that names it", () => {
    const wanted = { code: "MODE_UNSUPPORTED", message: expect.stringContaining("ask about A") as string };
    expect(() => conf("oldconfig")).toThrow(expect.objectContaining(wanted) as Error);
  });

  it("needs the file of defconfig and savedefconfig", () => {
    expect(() => conf("savedefconfig")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error);
  });

  it("gives Buildroot no mode that its tool has not", () => {
    expect(() => conf("mod2noconfig", {}, { dialect: dialects.buildroot })).toThrow(/does not exist/);
  });
});
