import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runConf, type ConfMode } from "../../src/conf.js";
import { createConfiguration, TreeCache, type KconfigHost } from "../../src/index.js";
import type { ConfRunResult, Texts } from "./conf-comparison.js";
import { LinuxOracle } from "./linux-oracle.js";
import { linuxSource, missingForLinux } from "./linux-source.js";

const all = process.env["KCONFIG_ORACLE"] === "all";

/** Without what is said about Kconfig files. */
const aboutConfiguration = (stderr: string): string =>
  stderr.replace(/^[\w/.-]*Kconfig[\w.-]*:\d+: ?warning: .*\n/gm, "");

/** Every n-th, so that the sample is spread over all of them. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (all || items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}

/**
 * Compares all kinds of files of a kernel's configurations with its C tool: those of `runConf`, with all that it says,
 * and those of the library's `Configuration`; in the ordinary run in turns. `samples`: how many defconfigs by architecture.
 */
export function describeLinux(version: string, samples: Readonly<Record<string, number>>): void {
  const missing = missingForLinux(version);
  describe(`Linux ${version}, against its own conf`, { timeout: 3_600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-linux-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.for(Object.entries(samples))(
      "writes every file of its configurations for %s byte for byte",
      async ([architecture, count], context) => {
        context.skip(missing !== undefined, missing);
        const oracle = new LinuxOracle(linuxSource(version), architecture, join(folder, architecture));
        const presets = ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig"];
        const targets = [
          ...presets.slice(0, all || architecture === "x86" ? 4 : 1),
          ...spread(oracle.defconfigs(), count),
        ];
        const cache = new TreeCache();
        for (const [index, target] of targets.entries()) {
          const expected = await expectedFiles(oracle, target);
          if (all || index % 2 === 0) compareLibrary(oracle, target, expected, cache);
          if (all || index % 2 === 1) compareRuns(oracle, target, expected, cache);
        }
      },
    );
  });
}

const presetOf = (target: string): string | undefined => /^all(no|yes|mod|def)config$/.exec(target)?.[1];

/** What the C tool says and writes for a target: the minimal defconfig too. */
async function expectedFiles(oracle: LinuxOracle, target: string): Promise<ConfRunResult> {
  const run = await oracle.conf(presetOf(target) === undefined ? `--defconfig=${target}` : `--${target}`);
  expect([target, run.exitCode]).toEqual([target, 0]);
  oracle.put({ ".config": run.files[".config"]! });
  const saved = await oracle.conf(`--savedefconfig=${oracle.path("minimal")}`);
  return { ...run, files: { ...run.files, minimal: saved.files["minimal"]! } };
}

/** The names of the files that differ, or are missing on one side. */
function differences(found: Texts, expected: Texts): string[] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  return names.filter((name) => found[name] !== expected[name]);
}

/** The same by the library. */
function compareLibrary(oracle: LinuxOracle, target: string, expected: ConfRunResult, cache: TreeCache): void {
  const configuration = createConfiguration(oracle.tree(cache));
  const preset = presetOf(target);
  if (preset === undefined) configuration.loadDefconfig(oracle.host.readFile(join(oracle.source.tree, target))!);
  else configuration.preset(preset === "def" ? "default" : (preset as "no" | "yes" | "mod"));
  const config = configuration.writeConfig();
  configuration.load(config);
  const minimal = configuration.writeMinimal();
  configuration.load(config);
  const { autoConf, header, rustcCfg } = configuration.writeAutoconf();
  const found: Texts = {
    ".config": config,
    minimal,
    "auto/auto.conf": autoConf,
    "auto/autoconf.h": header,
    "auto/rustc_cfg": rustcCfg!,
  };
  const wanted = Object.keys(found).map((name) => [name, expected.files[name]!]);
  expect([target, differences(found, Object.fromEntries(wanted) as Texts)]).toEqual([target, []]);
}

/** The same by `runConf`, with what it says and the files of make and of changed symbols. */
function compareRuns(oracle: LinuxOracle, target: string, expected: ConfRunResult, cache: TreeCache): void {
  const { dialect, env } = oracle;
  const host = inTree(oracle);
  const [mode, file]: [ConfMode, string | undefined] =
    presetOf(target) === undefined ? ["defconfig", target] : [target as ConfMode, undefined];
  const named = file === undefined ? {} : { file };
  const { exitCode, stdout, stderr, files } = runConf({ mode, ...named, root: "Kconfig", host, dialect, env, cache });
  const found = Object.fromEntries(files.map(({ path, text }) => [path.slice(oracle.path("").length + 1), text]));
  const withConfig: KconfigHost = {
    ...host,
    readFile: (path) => (path === oracle.path(".config") ? found[".config"] : host.readFile(path)),
  };
  const options = { mode: "savedefconfig", file: "minimal", root: "Kconfig", dialect, env } as const;
  found["minimal"] = runConf({ ...options, host: withConfig, cache }).files[0]!.text;
  expect([target, exitCode, stdout, aboutConfiguration(stderr), differences(found, expected.files)]).toEqual([
    target,
    expected.exitCode,
    expected.stdout,
    aboutConfiguration(expected.stderr),
    [],
  ]);
}

/** The oracle's host with the tree as its working folder. */
function inTree({ host, source }: LinuxOracle): KconfigHost {
  return { ...host, readFile: (path) => host.readFile(path.startsWith("/") ? path : join(source.tree, path)) };
}
