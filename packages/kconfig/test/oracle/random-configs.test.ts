import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runConf, type ConfResult } from "../../src/conf.js";
import { dialects, TreeCache, type KconfigHost } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { buildroot, BuildrootOracle, missingForOracle } from "../support/buildroot-oracle.js";
import { LinuxOracle } from "../support/linux-oracle.js";
import { linuxSource, missingForLinux } from "../support/linux-source.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const first = Number(process.env["KCONFIG_ORACLE_SEED"] ?? 0);
const seeds = (few: number): number[] => {
  const count = Number(process.env["KCONFIG_ORACLE_COUNT"] ?? (all ? 2000 : few));
  return Array.from({ length: count }, (_, index) => first + index);
};

const probabilities = ["", "10", "90", "50:20", "10:60", "40:10:80"];
const variables = (seed: number): Record<string, string> => ({
  KCONFIG_SEED: seed % 7 === 0 ? `0x${(seed * 2_654_435_761).toString(16)}` : String(seed),
  KCONFIG_PROBABILITY: probabilities[seed % probabilities.length]!,
});

/** A host for which relative paths are those of a folder. */
const inFolder = (host: KconfigHost, folder: string): KconfigHost => ({
  ...host,
  readFile: (path) => host.readFile(path.startsWith("/") ? path : join(folder, path)),
});

describe("randconfig over whole trees gives the bytes and the words of C", { timeout: 14_400_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "kconfig-randconfig-"));
  let oracle: BuildrootOracle | undefined;
  beforeAll(() => {
    if (missingForOracle() === undefined) oracle = new BuildrootOracle();
  }, 120_000);
  afterAll(() => {
    oracle?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("for Buildroot", (context) => {
    context.skip(oracle === undefined, missingForOracle());
    const cache = new TreeCache();
    const host = inFolder(nodeHost({ encoding: "latin1" }), buildroot);
    for (const seed of seeds(8)) {
      const env = { ...oracle!.env, ...variables(seed) };
      rmSync(env["BR2_CONFIG"]!, { force: true });
      const expected = oracle!.conf(["--randconfig", "Config.in"], env, buildroot);
      const config = readFileSync(env["BR2_CONFIG"]!, "latin1");
      const dialect = dialects.buildroot;
      const options = { root: "Config.in", host, dialect, env, cache };
      const { files, ...said } = runConf({ mode: "randconfig", ...options });
      expect({ seed, ...said }).toEqual({ seed, ...expected });
      expect(files.map(({ text }) => text === config)).toEqual([true]);
    }
  });

  it.for(["6.12", "6.1", "6.18", "7.2"])("for Linux %s, with the files of a build", async (version, context) => {
    context.skip(missingForLinux(version) !== undefined, missingForLinux(version));
    const linux = new LinuxOracle(linuxSource(version), "x86", join(folder, "linux"));
    const cache = new TreeCache();
    const host = inFolder(linux.host, linux.source.tree);
    for (const seed of seeds(2)) {
      const expected = await linux.conf("--randconfig", variables(seed));
      const options = { root: "Kconfig", host, dialect: linux.dialect, cache };
      const actual = runConf({ mode: "randconfig", ...options, env: { ...linux.env, ...variables(seed) } });
      expect({ seed, ...told(actual) }).toEqual({ seed, ...told(expected) });
      const found = Object.fromEntries(actual.files.map(({ path, text }) => [relative(linux.path("."), path), text]));
      const names = [...new Set([...Object.keys(found), ...Object.keys(expected.files)])];
      expect(names.filter((name) => found[name] !== expected.files[name])).toEqual([]);
    }
  });
});

const told = ({
  exitCode,
  stdout,
  stderr,
}: Pick<ConfResult, "stdout" | "stderr"> & { exitCode: number | null }): Record<string, unknown> => ({
  exitCode,
  stdout,
  stderr,
});
