import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dialects, type ConfMode } from "../../src/index.js";
import { runConfOnDisk } from "../../src/node.js";
import { linuxTrees, linuxVersion, missingForLinux } from "../support/linux-oracle.js";
import { randomTree } from "../support/random-tree.js";

const trees = process.env["KCONFIG_ORACLE"] === "all" ? 200 : 10;

for (const source of linuxTrees.length === 0 ? [undefined] : linuxTrees) {
  const missing = missingForLinux(source);
  const version = missing === undefined ? linuxVersion(source!) : "";
  const dialect = version === "6.1" ? dialects["linux-6.1"] : dialects["linux-6.12"];

  describe(`runConfOnDisk, against the conf of Linux ${version}`, { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-conf-"));
    const work = join(folder, "work");
    const conf = join(folder, "build/scripts/kconfig/conf");
    beforeAll(() => {
      if (missing !== undefined) return;
      const env = { PATH: process.env["PATH"], HOME: folder };
      execFileSync("make", ["-C", source!, `O=${join(folder, "build")}`, "ARCH=x86", "allnoconfig"], {
        stdio: "ignore",
        env,
      });
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    type Env = Readonly<Record<string, string>>;
    type Run = Readonly<Record<string, string | number | null>>;

    /** Runs one of the two in a fresh folder, where auto.conf is there already, and tells what came of it. */
    async function runIn(files: Env, run: () => Promise<Run>): Promise<Run> {
      rmSync(work, { recursive: true, force: true });
      mkdirSync(join(work, "include/config"), { recursive: true });
      for (const [name, text] of Object.entries({ "include/config/auto.conf": "", ...files })) {
        writeFileSync(join(work, name), text);
      }
      const outcome = await run();
      const names = [".config", ".config.old", "minimal"].filter((name) => existsSync(join(work, name)));
      return { ...outcome, ...Object.fromEntries(names.map((name) => [name, readFileSync(join(work, name), "utf8")])) };
    }

    const runC = (option: string, env: Env): Run => {
      const { status, stdout } = spawnSync(conf, [option, "Kconfig"], { cwd: work, env, input: "", encoding: "utf8" });
      return { exitCode: status, stdout };
    };

    async function compare(mode: ConfMode, files: Env, file?: string, env: Env = {}): Promise<Run> {
      const expected = await runIn(files, async () =>
        runC(file === undefined ? `--${mode}` : `--${mode}=${file}`, env),
      );
      const actual = await runIn(files, async () => {
        const named = file === undefined ? {} : { file };
        const { exitCode, stdout } = await runConfOnDisk({ mode, ...named, root: "Kconfig", cwd: work, dialect, env });
        return { exitCode, stdout };
      });
      expect(actual).toEqual(expected);
      return actual;
    }

    it("gives the same files, output and exit code in every mode", async (context) => {
      context.skip(missing !== undefined, missing);
      for (let seed = 1; seed <= trees; seed++) {
        expect(missing).toBeUndefined();
        const Kconfig = randomTree(seed, 10 + (seed % 30), dialect);
        const random = await runIn({ Kconfig }, async () => runC("--randconfig", { KCONFIG_SEED: String(seed) }));
        const config = String(random[".config"]);
        const part = config
          .split("\n")
          .filter((_, index) => (index * 7 + seed) % 3 !== 0)
          .join("\n");
        for (const text of [config, `${part}\nCONFIG_GONE=y\nsense\n`]) {
          const files = { Kconfig, ".config": text };
          for (const mode of [
            "olddefconfig",
            "listnewconfig",
            "yes2modconfig",
            "mod2yesconfig",
            "mod2noconfig",
          ] as const) {
            await compare(mode, files);
          }
          for (const mode of ["alldefconfig", "allnoconfig", "allyesconfig", "allmodconfig"] as const) {
            await compare(mode, files, undefined, { KCONFIG_ALLCONFIG: ".config" });
          }
          const whole = await compare("olddefconfig", files);
          const settled = { Kconfig, ".config": String(whole[".config"]) };
          const { stdout } = await compare("listnewconfig", settled);
          // A number without a value stays new, and C would ask about it.
          if (stdout === "") await compare("oldconfig", settled);
          await compare("savedefconfig", files, "minimal");
          await compare("defconfig", { Kconfig, d: text }, "d");
          await compare("olddefconfig", files, undefined, { KCONFIG_WERROR: "1", KCONFIG_WARN_UNKNOWN_SYMBOLS: "1" });
          await compare("olddefconfig", { Kconfig, d: text }, undefined, { KCONFIG_DEFCONFIG_LIST: "absent d" });
        }
      }
    });
  });
}
