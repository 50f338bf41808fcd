import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderOf, kconfig, type Outcome } from "../../support/kconfig.js";

const tree = {
  Kconfig: `
config MODULES
	def_bool y
	modules
menu "Network"
config NET
	bool "networking"
config TLS
	tristate "TLS"
	depends on NET
endmenu
config NAME
	string "name of the host"
	default "node"
config JOBS
	int "jobs"
	range 1 8
	default 2
`,
  ".config": "# head\nCONFIG_MODULES=y\nCONFIG_NET=y\n# CONFIG_TLS is not set\n",
  "base.config": 'CONFIG_NET=y\nCONFIG_TLS=y\nCONFIG_NAME="one"\nCONFIG_JOBS=9\nCONFIG_ABSENT=y\n',
  "small.config": "# CONFIG_NET is not set\n",
};
const any = ["--root", "Kconfig"];

async function edit(...args: readonly string[]): Promise<Outcome & { text: string; backup: string | undefined }> {
  const folder = folderOf(tree);
  const outcome = await kconfig(folder, ["set", ...args, ...any, "--config", ".config"]);
  const old = join(folder, ".config.old");
  return {
    ...outcome,
    text: readFileSync(join(folder, ".config"), "utf8"),
    backup: existsSync(old) ? readFileSync(old, "utf8") : undefined,
  };
}

describe("ipa-br kconfig set", () => {
  it("changes one line, keeps the old file, and tells what follows", async () => {
    const { code, out, text, backup } = await edit("--module", "TLS");
    expect([code, out]).toEqual([0, "TLS  n  ->  m\n"]);
    expect(text).toBe(tree[".config"].replace("# CONFIG_TLS is not set", "CONFIG_TLS=m"));
    expect(backup).toBe(tree[".config"]);
  });

  it("takes assignments and the options of scripts/config, in their order", async () => {
    const { code, text } = await edit(
      "JOBS=4",
      "-e",
      "TLS",
      "--set-str",
      "NAME",
      "a b",
      "-d",
      "CONFIG_TLS",
      "--set-val",
      "JOBS",
      "5",
    );
    expect(code).toBe(0);
    expect(text).toBe(`${tree[".config"]}CONFIG_JOBS=5\nCONFIG_NAME="a b"\n`);
  });

  it("refuses what would not hold, and writes nothing", async () => {
    const { code, err, text, backup } = await edit("JOBS=9");
    expect([code, text, backup]).toEqual([1, tree[".config"], undefined]);
    expect(err).toContain("9 is no int within the range of JOBS, 1 to 8.");
    expect(err).toContain("[EDIT_NOT_HELD]");
    expect((await edit("JOBS=9", "--force")).text).toContain("CONFIG_JOBS=9\n");
  });

  it("refuses names and values that do not fit", async () => {
    expect(await edit("TSL=y")).toMatchObject({ code: 2, text: tree[".config"] });
    expect((await edit("NET=m")).err).toContain("[INVALID_VALUE]");
    expect((await edit("--set-val", "JOBS")).err).toContain("[SETTING_INVALID]");
    expect((await edit()).err).toContain("[SETTING_INVALID]");
  });

  it("tells what would happen, as JSON too", async () => {
    const { out, text } = await edit("NET=n", "--dry-run", "--json");
    expect(text).toBe(tree[".config"]);
    expect(JSON.parse(out)).toMatchObject({ written: false, outcomes: [{ name: "NET", after: "n", held: true }] });
  });
});

describe("ipa-br kconfig merge", () => {
  it("tells what did not survive, which line is behind it, and fails", async () => {
    const folder = folderOf(tree);
    const { code, out, err } = await kconfig(folder, ["merge", "base.config", "small.config", ...any]);
    expect(code).toBe(1);
    expect(out).toBe(
      "Value of CONFIG_NET is redefined by fragment small.config:\nPrevious value: CONFIG_NET=y (base.config:1)\nNew value: # CONFIG_NET is not set\n\n2 of 5 requested values hold; written to " +
        `${join(folder, ".config")}\n`,
    );
    expect(err).toContain(
      "Value requested for CONFIG_TLS not in final .config\nRequested value:  CONFIG_TLS=y (base.config:2)\nActual value:     # CONFIG_TLS is not set\nReason:           The prompt at Kconfig:9 needs NET [=n].\n                  # CONFIG_NET is not set stands at small.config:1\n",
    );
    expect(err).toContain("Reason:           9 is no int within the range of JOBS, 1 to 8.\n");
    expect(err).toContain("Reason:           the tree has no such symbol\n");
    expect(err).toContain("[MERGE_INCOMPLETE]");
    expect(readFileSync(join(folder, ".config"), "utf8")).toContain('CONFIG_NAME="one"\n');
    expect(readFileSync(join(folder, ".config.old"), "utf8")).toBe(tree[".config"]);
  });

  it("sends nobody to ask for a symbol that the tree has not", async () => {
    const folder = folderOf({ ...tree, "gone.config": "CONFIG_GONE=y\n" });
    const { code, err } = await kconfig(folder, ["merge", "gone.config", ...any]);
    expect(code).toBe(1);
    expect(err).toContain("look up what the symbols are called now");
    expect(err).not.toContain("kconfig enable");
  });

  it("has the options of merge_config.sh", async () => {
    const folder = folderOf({ ...tree, "out/x": "" });
    const run = (...args: readonly string[]): Promise<Outcome> => kconfig(folder, ["merge", ...args]);
    expect(await run("-m", "-Q", "-O", "out", "base.config", "small.config")).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(join(folder, "out/.config"), "utf8")).toBe(
      'CONFIG_TLS=y\nCONFIG_NAME="one"\nCONFIG_JOBS=9\nCONFIG_ABSENT=y\n# CONFIG_NET is not set\n',
    );
    expect((await run("-m", "-r", "small.config", "small.config")).out).toBe(
      "Value of CONFIG_NET is redundant by fragment small.config:\n",
    );
    expect((await run("-m", "-s", "base.config", "small.config")).code).toBe(1);
    expect((await run("-n", "small.config", ...any)).code).toBe(0);
    expect((await run("absent.config", ...any)).err).toContain("[CONFIG_MISSING]");
  });
});

describe("ipa-br kconfig tree, lint and upgrade", () => {
  it("tree", async () => {
    const ask = (...args: readonly string[]): Promise<Outcome> =>
      kconfig(folderOf(tree), ["tree", ...args, ...any, "--config", ".config"]);
    expect((await ask("Network")).out).toBe("NET=y  networking\n  TLS=n  TLS\n");
    expect((await ask("--match", "tls", "--visible")).out).toBe("Network\n  NET=y  networking\n    TLS=n  TLS\n");
    expect(JSON.parse((await ask("--json", "--depth", "1")).out)).toHaveLength(4);
  });

  it("lint", async () => {
    const folder = folderOf({
      Kconfig: 'config A\n\tbool "a"\n\tdepends on B\nconfig B\n\tbool\n\tdefault y if GONE\n',
    });
    const { code, out, err } = await kconfig(folder, ["lint", ...any, "--dialect", "linux-6.12"]);
    expect(code).toBe(1);
    expect(out).toBe(
      "Kconfig:1:1: error: A can never be on: it needs B, which can never be on. [unsatisfiable]\n" +
        "Kconfig:4:1: error: B can never be on: it needs GONE, which nothing defines. [unsatisfiable]\n" +
        "Kconfig:6:15: warning: No config statement defines GONE. [undefined-reference]\n",
    );
    expect(err).toContain("[LINT_FOUND]");
    expect((await kconfig(folder, ["lint", ...any, "--code", "redundant-line"])).code).toBe(0);
    expect((await kconfig(folder, ["lint", ...any, "--code", "nothing"])).code).toBe(2);
  });

  it("upgrade", async () => {
    const folder = folderOf({
      "old/Kconfig": 'config FIRST\n\tbool "a long prompt"\nconfig LEVEL\n\tint "level"\n\tdefault 1\n',
      "new/Kconfig": 'config SECOND\n\tbool "a long prompt"\nconfig LEVEL\n\tint "level"\n\tdefault 2\n',
      defconfig: "CONFIG_FIRST=y\n",
    });
    const { code, out } = await kconfig(folder, [
      "upgrade",
      "old",
      "new",
      "--config",
      "defconfig",
      "--dialect",
      "linux-6.12",
    ]);
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["lines that need a look (1)"],
      ["1", "FIRST=y", "renamed", "SECOND"],
      [""],
      ["renamed (1)"],
      ["FIRST", "->", "SECOND", "by prompt"],
      [""],
      ["other defaults (1)"],
      ["LEVEL", "1", "->", "2"],
      [""],
      [""],
    ]);
  });
});
