import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { build } from "tsup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as Conf from "../../src/conf.js";
import type { ConfResult } from "../../src/conf.js";
import type * as Library from "../../src/index.js";
import { createConfiguration, dialects, loadTree } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";

const browserPath = "/usr/bin/chromium";
const buildroot = fileURLToPath(new URL("../../../../buildroot", import.meta.url));

const text = `
config MODULES
	def_bool y
	modules
config CC_IS_GCC
	def_bool $(shell,test gcc = gcc && echo y)
config NET
	bool "networking"
config TLS
	tristate "TLS"
	depends on NET && CC_IS_GCC
	select CRYPTO
config CRYPTO
	tristate
`;
const html =
  '<!doctype html><title>kconfig</title><script type="module">import * as kconfig from "/index.js"; import { runConf } from "/conf.js"; globalThis.kconfig = { ...kconfig, runConf };</script>';
const answers = { "test gcc = gcc && echo y": { stdout: "y\n", stderr: "", status: 0 } };

const entries = ["index", "conf"];

describe("a browser", () => {
  let folder: string;
  const bundles: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kconfig-browser-"));
    await build({
      entry: entries.map((name) => fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url))),
      outDir: folder,
      format: "esm",
      platform: "browser",
      target: "es2022",
      minify: true,
      splitting: false,
      config: false,
      silent: true,
      dts: false,
    });
    for (const file of readdirSync(folder)) bundles[file.split(".")[0]!] = readFileSync(join(folder, file), "utf8");
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gets the library, and conf, in less than 60 kB each", () => {
    expect(Object.keys(bundles).sort()).toEqual(["conf", "index"]);
    for (const bundle of Object.values(bundles)) {
      expect(/["']node:/.test(bundle)).toBe(false);
      expect(gzipSync(bundle, { level: 9 }).length).toBeLessThan(60_000);
    }
  });

  it("parses, evaluates, explains and writes a tree", { timeout: 180_000 }, async (context) => {
    context.skip(!existsSync(browserPath), "chromium is not installed");
    const result = await inPage({ text, answers, files: {}, env: {} });
    expect(result.small).toEqual({
      codes: [],
      way: ["NET=y", "TLS=m"],
      values: ["y", "m", "m"],
      because: ["TLS [=m] && NET [=y] && CC_IS_GCC [=y]"],
      minimal: "CONFIG_NET=y\nCONFIG_TLS=m\n",
    });
    expect(result.said).toEqual([
      { exitCode: 0, stdout: "CONFIG_NET=n\n", stderr: "", files: [] },
      { exitCode: 1, stdout: "", stderr: 'Config.in:1: unknown statement "confg"\n', files: [] },
    ]);
  });

  it("writes Buildroot's defaults as Node does", { timeout: 300_000 }, async (context) => {
    context.skip(!existsSync(browserPath), "chromium is not installed");
    context.skip(!existsSync(join(buildroot, "Config.in")), "the buildroot submodule is not checked out");
    const { files, env, expected } = buildrootTree();
    const { written } = await inPage({ text, answers, files, env });
    expect(written.length).toBe(expected.length);
    expect(written === expected).toBe(true);
  });

  /** Runs the bundle in a page of its own origin, without any server. */
  async function inPage(input: PageInput): Promise<PageOutput> {
    const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.route("http://kconfig.test/**", (route) => {
        const body = bundles[/\/(\w+)\.js$/.exec(route.request().url())?.[1] ?? ""];
        return route.fulfill(
          body === undefined ? { contentType: "text/html", body: html } : { contentType: "text/javascript", body },
        );
      });
      await page.goto("http://kconfig.test/");
      await page.waitForFunction("globalThis.kconfig !== undefined");
      const result = await page.evaluate(runInPage, input);
      expect(problems).toEqual([]);
      return result;
    } finally {
      await browser.close();
    }
  }
});

/** All files of Buildroot's tree, and the .config of its defaults as Node writes it. */
function buildrootTree(): { files: Record<string, string>; env: Record<string, string>; expected: string } {
  const files: Record<string, string> = {};
  const disk = nodeHost();
  const env = {
    BASE_DIR: "/none",
    BR2_VERSION: "1",
    BR2_VERSION_FULL: "1",
    HOSTARCH: "x86_64",
    HOST_GCC_VERSION: "12",
  };
  const host = {
    readFile: (path: string) => {
      const content = path.startsWith("/none") ? "" : disk.readFile(path);
      if (content !== undefined) files[path.replace(`${buildroot}/`, "")] = content;
      return content;
    },
  };
  const tree = loadTree({ root: join(buildroot, "Config.in"), host, dialect: dialects.buildroot, env });
  const configuration = createConfiguration(tree);
  configuration.preset("default");
  return { files, env, expected: configuration.writeConfig() };
}

interface PageInput {
  readonly text: string;
  readonly answers: Readonly<Record<string, { stdout: string; stderr: string; status: number }>>;
  readonly files: Record<string, string>;
  readonly env: Record<string, string>;
}

interface PageOutput {
  readonly small: unknown;
  readonly said: readonly ConfResult[];
  readonly written: string;
}

/** Runs in the page: nothing of this file is at hand there. */
function runInPage({ text: kconfig, answers: recorded, files, env }: PageInput): PageOutput {
  const library = (globalThis as unknown as { readonly kconfig: typeof Library & typeof Conf }).kconfig;
  const host = library.recordingHost(library.memoryHost({ Kconfig: kconfig }), recorded);
  const tree = library.loadTree({ root: "Kconfig", host, dialect: library.dialects["linux-6.12"] });
  const configuration = library.createConfiguration(tree);
  const [way] = library.findAssignments(configuration, "CRYPTO", "m");
  for (const { name, value } of way!.assignments) configuration.assign(name, value);
  const small = {
    codes: tree.diagnostics.map(({ code }) => code),
    way: way!.assignments.map(({ name, value }) => `${name}=${value}`),
    values: ["NET", "TLS", "CRYPTO"].map((name) => configuration.value(name)),
    because: library.explain(configuration, "CRYPTO").because,
    minimal: configuration.writeMinimal(),
  };
  const said = [
    library.runConf({ mode: "listnewconfig", root: "Kconfig", host, dialect: tree.dialect, env: {} }),
    library.runConf({
      mode: "allyesconfig",
      root: "Config.in",
      host: library.memoryHost({ "Config.in": "confg A\n" }),
      dialect: library.dialects.busybox,
      env: {},
    }),
  ];
  if (Object.keys(files).length === 0) return { small, said, written: "" };
  const big = library.loadTree({
    root: "Config.in",
    host: library.memoryHost(files),
    dialect: library.dialects.buildroot,
    env,
  });
  const defaults = library.createConfiguration(big);
  defaults.preset("default");
  return { small, said, written: defaults.writeConfig() };
}
