import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ConfMode } from "../../src/conf.js";
import { ConfComparison, type ConfCase, type ConfRunResult } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";

const Kconfig = `
config A
	bool "a"
	default y
config M
	int "m"
	default 5
`;

/** Every tool warns of the second type. */
const warned = `${Kconfig}config A
	int "again"
source "more/Kconfig"
`;

const more = 'config S\n\tstring "s"\nconfig M\n\thex "m"\n';

for (const { title, dialect, missing, conf } of confTools) {
  describe(`where things are, against the conf of ${title}`, { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-places-"));
    const work = join(folder, "work");
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    async function compare(run: ConfCase): Promise<ConfRunResult> {
      const comparison = new ConfComparison(conf(), dialect, work);
      const env = { KCONFIG_AUTOCONFIG: "include/config/auto.conf", ...run.env };
      const expected = comparison.expected({ ...run, env });
      const actual = await comparison.actual({ ...run, env });
      expect(actual).toEqual(expected);
      return actual;
    }
    const set = (name: string, value: string): string => `${dialect.prefix}${name}=${value}\n`;
    // Buildroot's tool makes no folders for these.
    const room = { "include/config/there": "", "include/generated/there": "" };

    it("the top file has the name that it was given by", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig: warned, "more/Kconfig": more, ".config": "", "d/.config": "", ...room };
      for (const root of ["./Kconfig", "more/../Kconfig", ".//Kconfig", join(work, "Kconfig")]) {
        for (const mode of ["olddefconfig", "oldaskconfig", "syncconfig"] as const) {
          const { stderr } = await compare({ mode, root, files, input: "?\n?\n" });
          expect(stderr).toContain(`${root}:8:warning: `);
        }
      }
    });

    it("sources are looked for in the working folder and below srctree, not beside the top file", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig: warned, "more/Kconfig": more, "d/x": "" };
      const run = { mode: "olddefconfig", files, below: "d" } as const;
      const { exitCode, stderr } = await compare({ ...run, root: "../Kconfig" });
      // coreboot's are patterns, which may stand for nothing, and do where they are not in the working folder.
      const arePatterns = dialect.syntax.wildcards !== false;
      expect(exitCode).toBe(arePatterns ? 0 : 1);
      expect(stderr.includes('../Kconfig:10: can\'t open file "more/Kconfig"\n')).toBe(!arePatterns);
      expect((await compare({ ...run, root: "../Kconfig", env: { srctree: ".." } })).exitCode).toBe(0);
      const below = await compare({ ...run, env: { srctree: work } });
      expect(below.stderr.includes("\nmore/Kconfig:3:warning: ")).toBe(!arePatterns);
      const own = { ...files, "d/more/Kconfig": 'config OWN\n\tbool "own"\n' };
      const { files: after } = await compare({ ...run, files: own, root: "../Kconfig", env: { srctree: ".." } });
      expect(after["d/.config"]).toContain("OWN is not set");
    });

    it("a folder in place of the top file", async (context) => {
      context.skip(missing !== undefined, missing);
      const { exitCode, stderr } = await compare({ mode: "olddefconfig", files: { "Kconfig/x": "" } });
      expect([exitCode, stderr]).toEqual([2, "input in flex scanner failed\n"]);
      const elsewhere = { mode: "olddefconfig", files: { "there/Kconfig/x": "" }, env: { srctree: "there" } } as const;
      expect((await compare(elsewhere)).exitCode).toBe(2);
    });

    it("a folder in place of what is read is an empty file", async (context) => {
      context.skip(missing !== undefined, missing);
      const folders = {
        "folder/x": "",
        "allno.config/x": "",
        "all.config": set("M", "7"),
        "tree/folder": set("M", "8"),
      };
      const files = { Kconfig, ...folders };
      const seeded = (KCONFIG_ALLCONFIG: string): ConfCase => ({
        ...{ mode: "allnoconfig", files, env: { KCONFIG_ALLCONFIG, srctree: "tree" } },
      });
      for (const run of [seeded("folder"), seeded("1")]) {
        expect((await compare(run)).files[".config"]).toContain(set("M", "5"));
      }
      const defconfig = { mode: "defconfig", file: "folder", files, env: { srctree: "tree" } } as const;
      expect((await compare(defconfig)).exitCode).toBe(0);
      const lists = { KCONFIG_DEFCONFIG_LIST: "absent folder all.config" };
      await compare({ mode: "olddefconfig", files, env: lists });
      for (const mode of ["olddefconfig", "alldefconfig", "syncconfig", "listnewconfig"] as const) {
        // U-Boot's tool moves a folder away for its .config.
        if (title !== "U-Boot") await compare({ mode, files: { Kconfig, ".config/x": "", ...room } });
      }
    });

    it("modes that options named before leave their traces", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig, ".config": set("M", "8"), d: set("M", "9"), ...room };
      const env = { KCONFIG_SEED: "7" };
      const named = async (...modes: ConfMode[]): Promise<ConfRunResult> => {
        const file = { defconfig: "d", savedefconfig: "minimal" }[modes.at(-1) as string];
        const run = {
          mode: modes.at(-1)!,
          before: modes.slice(0, -1),
          files,
          env,
          ...(file === undefined ? {} : { file }),
        };
        return compare(run);
      };
      for (const last of ["olddefconfig", "alldefconfig", "savedefconfig", "listnewconfig", "randconfig"] as const) {
        await named("syncconfig", last);
      }
      expect((await named("syncconfig", "defconfig")).files["include/config/auto.conf"]).toContain(set("M", "9"));
      const seeds = await named("randconfig", "syncconfig", "randconfig", "olddefconfig");
      expect((seeds.stdout + seeds.stderr).match(/KCONFIG_SEED=0x7\n/g)).toHaveLength(2);
      await compare({ mode: "olddefconfig", before: ["syncconfig"], files: { Kconfig, ...room } });
    });

    it("warns of the lines of an auto.conf", async (context) => {
      context.skip(missing !== undefined, missing);
      const choice = 'choice\n\tprompt "c"\nconfig ONE\n\tbool "one"\nconfig TWO\n\tbool "two"\nendchoice\n';
      const lines = [
        ...[
          set("A", "y"),
          set("A", "n"),
          `# ${dialect.prefix}A is not set\n`,
          set("M", "5\r"),
          set("M", "x"),
          "junk\n",
        ],
        ...[set("ONE", "y"), set("TWO", "y"), set("GONE", "y"), `\n#${dialect.prefix}A is not set\n`, "\r\n"],
      ];
      const answered = set("A", "y") + set("M", "5") + set("ONE", "y") + `# ${dialect.prefix}TWO is not set\n`;
      const there = { ...room, "include/config/auto.conf": lines.join("") };
      const files = { Kconfig: Kconfig + choice, ".config": answered, ...there };
      const { stderr } = await compare({ mode: "syncconfig", files });
      expect(stderr).toContain("include/config/auto.conf:2:");
    });
  });
}
