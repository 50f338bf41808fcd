import { describe, expect, it } from "vitest";
import { runConf, type ConfMode, type ConfOptions, type ConfResult } from "../../src/conf.js";
import { dialects, memoryHost } from "../../src/index.js";

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
  more: Partial<ConfOptions & { input: string }> = {},
): ConfResult {
  const host = memoryHost({ Kconfig, ...files });
  return runConf({ mode, root: "Kconfig", host, dialect: dialects["linux-6.12"], env: {}, ...more });
}

const written = (a: string): string =>
  `#\n# Automatically generated file; DO NOT EDIT.\n# Trial\n#\nCONFIG_MODULES=y\n${a}`;
const on = 'CONFIG_A=m\nCONFIG_B="x"\n';

describe("runConf", () => {
  it("does nothing itself: the files are in the result", () => {
    const { files, ...rest } = conf("olddefconfig", { ".config": on, "include/config/auto.conf": "" });
    expect({ files, ...rest }).toEqual({
      exitCode: 0,
      stdout: "#\n# configuration written to .config\n#\n",
      stderr: "",
      files: [{ path: ".config", text: written(on), method: "backup", folders: true }],
    });
  });

  it("leaves a .config alone that would not change, as Linux does", () => {
    const result = conf("olddefconfig", { ".config": written(on) });
    expect(result.stdout).toBe("#\n# No change to .config\n#\n");
    expect(result.files.map(({ path }) => path)).not.toContain(".config");
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
    const { exitCode, stderr, files } = conf("alldefconfig", { Kconfig: 'config A\n\tbol "a"\n' });
    expect([exitCode, files]).toEqual([1, []]);
    expect(stderr).toBe('Kconfig:2: syntax error\nKconfig:2: unknown statement "bol"\n');
  });

  it("asks about new symbols, and prints the answers that it is given", () => {
    const { stdout, files } = conf("oldconfig", {}, { input: "m\nsay\n" });
    expect(stdout).toContain("a (A) [N/m/y/?] (NEW) m\n");
    expect(stdout).toContain('  b (B) [quoted "text"] (NEW) say\n');
    expect(files[0]?.text).toBe(written('CONFIG_A=m\nCONFIG_B="say"\n'));
  });

  it("prints no answers that a terminal shows anyway", () => {
    expect(conf("oldconfig", {}, { input: "n\n", terminal: true }).stdout).toContain("(NEW) #");
  });

  it("takes the defaults where the answers end, and says so", () => {
    const { exitCode, stderr } = conf("oldconfig");
    expect([exitCode, stderr]).toEqual([0, "\nError in reading or end of file.\n"]);
  });

  it("gives the same random values for the same seed", () => {
    const env = { KCONFIG_SEED: "0x10" };
    const { stdout, files } = conf("randconfig", {}, { env });
    expect(stdout).toMatch(/^KCONFIG_SEED=0x10\n/);
    expect(conf("randconfig", {}, { env: {}, seed: 16 }).files).toEqual(files);
    expect(conf("randconfig", {}, { env: { ...env, KCONFIG_PROBABILITY: "60:50" } })).toMatchObject({
      exitCode: 1,
      stderr: "KCONFIG_PROBABILITY: Numerical result out of range\n",
    });
  });

  it("needs the file of defconfig and savedefconfig", () => {
    expect(() => conf("savedefconfig")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }) as Error);
  });

  it("gives Buildroot no mode that its tool has not", () => {
    expect(() => conf("mod2noconfig", {}, { dialect: dialects.buildroot })).toThrow(/does not exist/);
  });
});
