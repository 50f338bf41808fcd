import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openConfiguration } from "../../../src/commands/kconfig/open.js";
import { main } from "../../../src/main.js";
import { temporaryFolder } from "../../support/folder.js";
import { testIo } from "../../support/io.js";
import { cleanEnvironment, externalTree, repository } from "../../support/ipa-br.js";

const tree = {
  Kconfig: `
config MODULES
	def_bool y
	modules
config NET
	bool "networking"
config TLS
	bool "TLS"
	depends on NET
	select CRYPTO
config CRYPTO
	bool
config NEVER
	bool
config NAME
	string "name of the host"
	default "node"
`,
  ".config": "CONFIG_MODULES=y\n# CONFIG_NET is not set\n",
  old: 'CONFIG_A=y\nCONFIG_B="x"\n',
  new: '# CONFIG_A is not set\nCONFIG_B="x"\nCONFIG_C=3\n',
};

type Files = Readonly<Record<string, string>>;
type Outcome = { readonly code: number; readonly out: string; readonly err: string };

function folderOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function kconfig(cwd: string, args: readonly string[], env: Files = {}, input = ""): Promise<Outcome> {
  const io = testIo({ cwd, env: { PATH: process.env["PATH"], HOME: cwd, ...env } });
  (io.stdin as PassThrough).end(input);
  const code = await main(["kconfig", ...args], io, "1");
  return { code, out: io.out(), err: io.err() };
}

describe("ipa-br kconfig, over any tree", () => {
  const any = ["--root", "Kconfig", "--config", ".config"];
  const ask = (...args: readonly string[]): Promise<Outcome> => kconfig(folderOf(tree), [...args, ...any]);

  it("get", async () => {
    expect(await ask("get", "NAME")).toEqual({ code: 0, out: "node\n", err: "" });
    expect(JSON.parse((await ask("get", "CONFIG_NET", "--json")).out)).toEqual({ name: "NET", value: "n" });
  });

  it("names the nearest symbols for one that does not exist", async () => {
    const { code, err } = await ask("get", "NETT");
    expect(code).toBe(2);
    expect(err).toContain("[UNKNOWN_SYMBOL]");
    expect(err).toContain("NET");
  });

  it("explain", async () => {
    const { out } = await ask("explain", "NAME");
    expect(out.split("\n").map((line) => line.split(/\s{2,}/))).toEqual([
      ["symbol", "NAME (string)"],
      ["prompt", "name of the host"],
      ["value", "node"],
      ["comes from", "default at Kconfig:17"],
      ["depends on", "y"],
      ["defined at", "Kconfig:15"],
      [""],
    ]);
    expect(JSON.parse((await ask("explain", "NAME", "--json")).out)).toMatchObject({
      origin: "default",
      value: "node",
    });
  });

  it("why-not", async () => {
    expect((await ask("why-not", "TLS")).out).toBe("The prompt at Kconfig:8 needs NET [=n].\n");
    expect((await ask("why-not", "NET")).out).toBe('NET is "n", and nothing keeps it from "y": set it.\n');
    expect((await ask("why-not", "NET=n")).out).toBe('NET is "n".\n');
    expect(JSON.parse((await ask("why-not", "TLS", "--json")).out)).toMatchObject({
      obstacles: [{ kind: "invisible" }],
    });
  });

  it("enable", async () => {
    expect((await ask("enable", "CRYPTO")).out).toBe("# 3 symbols change\nNET=y\nTLS=y\n");
    expect((await ask("enable", "NET=n")).out).toBe('NET is "n" already.\n');
    const { code, err } = await ask("enable", "NEVER");
    expect(code).toBe(1);
    expect(err).toContain("[NO_WAY_FOUND]");
    expect(JSON.parse((await ask("enable", "NET", "--json")).out)).toMatchObject({
      held: false,
      ways: [{ assignments: [{ name: "NET", value: "y" }] }],
    });
  });

  it("search", async () => {
    expect((await ask("search", "HOST")).out).toBe("NAME  node  Kconfig:15  name of the host\n");
    expect((await ask("search", "absent")).out).toBe("");
    expect(JSON.parse((await ask("search", "tls", "--json")).out)).toMatchObject([{ name: "TLS", value: "n" }]);
  });

  it("diff", async () => {
    const folder = folderOf(tree);
    expect(await kconfig(folder, ["diff", "old", "new"])).toEqual({
      code: 0,
      out: "CONFIG_A  y         ->  n\nCONFIG_C  (absent)  ->  3\n",
      err: "",
    });
    expect(JSON.parse((await kconfig(folder, ["diff", "old", "new", "--json"])).out)).toHaveLength(2);
    expect((await kconfig(folder, ["diff", "old", "absent"])).code).toBe(4);
  });

  it("says what is wrong with the tree, or that there is none", async () => {
    const folder = folderOf({ Kconfig: 'config A\n\tbool "a\n' });
    const broken = await kconfig(folder, ["get", "A", "--root", "Kconfig"]);
    expect([broken.code, broken.err.includes("[TREE_INVALID]")]).toEqual([4, true]);
    expect((await kconfig(folder, ["get", "A", "--root", "absent"])).code).toBe(4);
    expect((await kconfig(folder, ["get", "A", "--output", "nowhere"])).err).toContain("[CONFIG_MISSING]");
    const dialect = await kconfig(folderOf(tree), ["get", "NET", "--root", "Kconfig", "--dialect", "linux-6.13"]);
    expect([dialect.code, dialect.err.includes("[UNKNOWN_DIALECT]")]).toEqual([2, true]);
  });
});

describe("ipa-br kconfig conf", () => {
  it("writes what C writes, and keeps what was there", async () => {
    const folder = folderOf(tree);
    const { code, out } = await kconfig(folder, ["conf", "--olddefconfig", "Kconfig"]);
    expect([code, out]).toEqual([0, "#\n# configuration written to .config\n#\n"]);
    expect(readFileSync(join(folder, ".config.old"), "utf8")).toBe(tree[".config"]);
    expect(readFileSync(join(folder, ".config"), "utf8")).toContain('CONFIG_NAME="node"\n');
    expect((await kconfig(folder, ["conf", "--olddefconfig", "Kconfig"])).out).toContain("No change to .config");
    expect((await kconfig(folder, ["conf", "-s", "--savedefconfig=minimal", "Kconfig"])).code).toBe(0);
    expect(readFileSync(join(folder, "minimal"), "utf8")).toBe("");
  });

  it("keeps the tree and the answers of its commands for the next run, unless --no-cache is there", async () => {
    const folder = folderOf({ Kconfig: 'config A\n\tstring\n\tdefault "$(shell,echo x >>runs; echo once)"\n' });
    const cache = join(folder, "cache");
    const run = (...more: readonly string[]): Promise<Outcome> =>
      kconfig(folder, ["conf", ...more, "--olddefconfig", "Kconfig"], { XDG_CACHE_HOME: cache });
    const runs = (): number => readFileSync(join(folder, "runs"), "utf8").length / 2;
    expect((await run("--no-cache")).code).toBe(0);
    expect([runs(), existsSync(cache)]).toEqual([1, false]);
    for (let count = 0; count < 3; count++) expect((await run()).code).toBe(0);
    expect(runs()).toBe(2);
    expect(readdirSync(join(cache, "ipa-br/kconfig")).sort()).toEqual(["shell", "trees"]);
    expect(readFileSync(join(folder, ".config"), "utf8")).toContain('CONFIG_A="once"\n');
    expect((await run("--no-cache")).code).toBe(0);
    expect(runs()).toBe(3);
  });

  it("tells Buildroot by its tree, and takes the .config from BR2_CONFIG", async () => {
    const folder = folderOf({
      "Config.in": 'config A\n\tbool "a"\n',
      "support/kconfig/README": "",
      "out/.config": "A=y\n",
    });
    const { out } = await kconfig(folder, ["conf", "--olddefconfig", "Config.in"], { BR2_CONFIG: "out/.config" });
    expect(out).toBe("#\n# configuration written to out/.config\n#\n");
    expect(readFileSync(join(folder, "out/.config"), "utf8")).toMatch(/^A=y$/m);
  });

  it("fails as C does, with its exit code and no word of its own", async () => {
    const folder = folderOf(tree);
    const absent = await kconfig(folder, ["conf", "--defconfig", "absent", "Kconfig"]);
    expect(absent).toEqual({
      code: 1,
      out: "",
      err: `***\n*** Can't find default configuration "absent"!\n***\n`,
    });
    expect(await kconfig(folder, ["conf", "--olddefconfig", "nowhere"])).toEqual({
      code: 1,
      out: "",
      err: "can't find file nowhere\n",
    });
    const missing = await kconfig(folder, ["conf", "--olddefconfig"]);
    expect([missing.code, missing.err]).toEqual([1, "conf: Kconfig file missing\n"]);
    expect(missing.out).toMatch(/^Usage: ipa-br kconfig conf /);
    expect(readFileSync(join(folder, ".config"), "utf8")).toBe(tree[".config"]);
  });

  it("asks, and takes the answers from the standard input", async () => {
    const folder = folderOf({ ...tree, ".config": "CONFIG_NET=y\n" });
    const { code, out } = await kconfig(folder, ["conf", "-s", "--oldconfig", "Kconfig"], {}, "y\nother\n");
    expect(code).toBe(0);
    expect(out).toContain("TLS (TLS) [N/y/?] (NEW) y\n");
    expect(out).toContain("name of the host (NAME) [node] (NEW) other\n");
    expect(readFileSync(join(folder, ".config"), "utf8")).toContain('CONFIG_NAME="other"\n');
  });

  it("reads its options as C's library does", async () => {
    const folder = folderOf(tree);
    const random = await kconfig(folder, ["conf", "--rand", "Kconfig"], { KCONFIG_SEED: "1" });
    expect([random.code, random.out.split("\n")[0]]).toEqual([0, "KCONFIG_SEED=0x1"]);
    const last = await kconfig(folder, ["conf", "--randconfig", "Kconfig", "--", "x"], { KCONFIG_SEED: "1" });
    expect(last.out).toContain("No change to .config");
    const absent = await kconfig(folder, ["conf", "--randconfig", "absent"], { KCONFIG_SEED: "1" });
    expect(absent).toMatchObject({ code: 1, out: "KCONFIG_SEED=0x1\n", err: "can't find file absent\n" });
    const wrong = await kconfig(folder, [
      "conf",
      "-sx",
      "--all=5",
      "--silent=1",
      "--nonsense=6",
      "--olddefconfig",
      "Kconfig",
    ]);
    expect(wrong.code).toBe(0);
    expect(wrong.err).toBe(
      [
        "conf: invalid option -- 'x'",
        "conf: option '--all=5' is ambiguous; possibilities: '--allnoconfig' '--allyesconfig' '--allmodconfig' '--alldefconfig'",
        "conf: option '--silent' doesn't allow an argument",
        "conf: unrecognized option '--nonsense=6'",
        "",
      ].join("\n"),
    );
    const names = (await kconfig(folder, ["conf", "--=x", "Kconfig"])).err;
    expect(names).toContain("'--listnewconfig' '--helpnewconfig' '--olddefconfig' '--yes2modconfig'");
    const first = await kconfig(folder, ["conf", "Kconfig", "--helpnewconfig"], { POSIXLY_CORRECT: "" });
    expect(first.out).toContain("networking (NET) [N/y/?]");
    const twice = await kconfig(folder, ["conf", "--randconfig", "--syncconfig", "--randconfig", "Kconfig"], {
      KCONFIG_SEED: "1",
    });
    expect([twice.code, twice.out]).toEqual([0, "KCONFIG_SEED=0x1\nKCONFIG_SEED=0x1\n"]);
    expect(existsSync(join(folder, "include/config/auto.conf"))).toBe(true);
    const help = await kconfig(folder, ["conf", "--help", "Kconfig"]);
    expect([help.code, help.out.startsWith("Usage: ")]).toEqual([1, true]);
    // Buildroot's tool ends at a wrong option, and takes the file of --defconfig after an equals sign only.
    const strict = await kconfig(folder, ["conf", "--dialect", "buildroot", "--helpnewconfig", "-xy", "Kconfig"]);
    expect([strict.code, strict.err]).toEqual([1, "conf: unrecognized option '--helpnewconfig'\n"]);
    const uBoot = await kconfig(folder, ["conf", "--dialect", "u-boot", "-s", "--oldnoconfig", "Kconfig"]);
    expect([uBoot.code, uBoot.err]).toEqual([1, "conf: unrecognized option '--oldnoconfig'\n"]);
    const plain = folderOf({ "Config.in": 'config A\n\tbool "a"\n' });
    const named = await kconfig(plain, ["conf", "--dialect=buildroot", "--defconfig", "Config.in"]);
    expect([named.code, named.err]).toEqual([1, expect.stringContaining('configuration ".defconfig"!')]);
  });
});

describe("ipa-br kconfig, over Buildroot's output folder", { timeout: 120_000 }, () => {
  const buildroot = join(repository, "buildroot");
  const missing = !existsSync(join(buildroot, "Config.in"))
    ? "the buildroot submodule is not checked out"
    : ["make", "gcc"].find((tool) => spawnSync(tool, ["--version"]).error !== undefined);

  it("reads it as Buildroot does: it would write the same .config", async (context) => {
    context.skip(missing !== undefined, missing);
    const output = join(temporaryFolder(), "out");
    mkdirSync(output);
    execFileSync("make", ["-C", buildroot, `O=${output}`, `BR2_EXTERNAL=${externalTree}`, "openstack_ipa_defconfig"], {
      env: cleanEnvironment(),
      stdio: "ignore",
    });
    const over = ["--buildroot", buildroot, "--external", externalTree, "--output", output];
    const arch = await kconfig(output, ["get", "BR2_ARCH", ...over]);
    expect(arch).toEqual({ code: 0, out: "x86_64\n", err: "" });
    const explained = await kconfig(output, ["explain", "BR2_PACKAGE_PYTHON3", ...over]);
    expect(explained.out).toMatch(/^value {2,}y$/m);
    const way = await kconfig(output, ["enable", "BR2_PACKAGE_LIBCURL_OPENSSL", "--json", ...over]);
    expect([way.code, way.err]).toEqual([0, ""]);
    const found = await kconfig(output, ["search", "br2_external_", ...over]);
    expect(found.out).toContain(` ${externalTree} `);
    const opened = await openConfiguration(testIo({ cwd: output }), { buildroot, external: [externalTree], output });
    expect(opened.writeConfig()).toBe(readFileSync(join(output, ".config"), "utf8"));
  });
});
