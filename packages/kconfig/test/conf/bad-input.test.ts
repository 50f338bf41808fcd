import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runConf, type ConfResult } from "../../src/conf.js";
import { loadTree, memoryHost } from "../../src/index.js";
import { nodeHost } from "../../src/node.js";
import { ConfComparison, type ConfCase, type ConfRunResult } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";

const long = "x".repeat(300_000);

for (const { title, dialect, missing, conf } of confTools) {
  describe(`bad input, against the conf of ${title}`, { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-bad-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    async function compare(run: Omit<ConfCase, "mode" | "encoding">): Promise<ConfRunResult> {
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const whole = { mode: "olddefconfig", encoding: "latin1", ...run } as const;
      const expected = comparison.expected(whole);
      const actual = await comparison.actual(whole);
      // A difference in as many bytes is nothing that can be shown.
      const names = [...new Set([...Object.keys(actual.files), ...Object.keys(expected?.files ?? {})])];
      expect(names.filter((name) => actual.files[name] !== expected?.files[name])).toEqual([]);
      const told = (text: string | undefined): string | undefined => text?.replaceAll(/x{1000,}/g, "x...");
      const { exitCode, stdout, stderr } = actual;
      expect([exitCode, stdout, told(stderr)]).toEqual([expected?.exitCode, expected?.stdout, told(expected?.stderr)]);
      return actual;
    }
    const { prefix } = dialect;

    it("links that lead around", async (context) => {
      context.skip(missing !== undefined, missing);
      const Kconfig = 'config A\n\tbool "a"\nsource "around"\n';
      const links = { around: "again", again: "around" };
      const { exitCode, stderr } = await compare({ files: { Kconfig }, links });
      expect([exitCode, stderr]).toEqual([1, 'Kconfig:3: can\'t open file "around"\n']);
      const tree = loadTree({ root: join(folder, "work/Kconfig"), host: nodeHost(), dialect });
      expect(tree.diagnostics.map(({ path, line, code }) => `${path}:${line} ${code}`)).toEqual([
        "Kconfig:3 source-not-found",
      ]);
      await compare({ files: { Kconfig: 'config A\n\tbool "a"\n' }, links: { ".config": ".config" } });
    });

    it("a folder in place of a file", async (context) => {
      context.skip(missing !== undefined, missing);
      const Kconfig = 'config A\n\tbool " a"\nsource "folder"\nconfig B\n\tbool " b"\n';
      const { exitCode, stderr } = await compare({ files: { Kconfig, "folder/x": "" } });
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/input in flex scanner failed\n$/)]);
      const tree = loadTree({ root: join(folder, "work/Kconfig"), host: nodeHost(), dialect });
      const found = tree.diagnostics.find(({ code }) => code === "source-not-found");
      expect(found).toMatchObject({ line: 3, message: '"folder", which is sourced here, is a folder.' });
    });

    it("a folder in place of the backup", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig: 'config A\n\tbool "a"\n', ".config": `${prefix}A=y\n`, ".config.old/x": "kept" };
      const { files: after } = await compare({ files });
      expect([after[".config"]?.includes(`\n${prefix}A=y\n`), after[".config.old/x"]]).toEqual([true, "kept"]);
    });

    it("files of bytes that are no UTF-8", async (context) => {
      context.skip(missing !== undefined, missing);
      const Kconfig = 'mainmenu "Caf\u00e9"\nconfig A\n\tstring "\u00fc"\n\tdefault "\u00df"\nconfig B\n\tstring "b"\n';
      const { files } = await compare({ files: { Kconfig, ".config": `${prefix}B="\u00e9\u00ff"\n` } });
      expect(files[".config"]).toContain(`# Caf\u00e9\n`);
      expect(files[".config"]).toContain(`A="\u00df"\n${prefix}B="\u00e9\u00ff"\n`);
      await compare({ files: { Kconfig: 'config A\n\tbool "a" \u00e9\n\u00ff\n' } });
    });

    it("lines of hundreds of kilobytes", async (context) => {
      context.skip(missing !== undefined, missing);
      const Kconfig = `mainmenu "m"\nconfig A\n\tstring "a"\n\thelp\n\t  ${long}\n\n\t  more\nconfig B\n\tstring "b"\n\tdefault "${long}"\n# ${long}\n`;
      const { exitCode } = await compare({ files: { Kconfig, ".config": `${prefix}A="${long}"\n#${long}\n` } });
      expect(exitCode).toBe(0);
      await compare({ files: { Kconfig: `config A\n\tbool "${long}\n${long} ${long}\n` } });
      await compare({ files: { Kconfig, ".config": `${prefix}A="${long}\n${long}\n` } });
    });

    // C takes its time for them: it has to be seen that they do no harm.
    it("lines of ten megabytes", () => {
      const text = "y".repeat(10_000_000);
      const Kconfig = `config A\n\tstring "${text}"\n\thelp\n\t  ${text}\n# ${text}\n`;
      const run = (files: Readonly<Record<string, string>>): ConfResult =>
        runConf({
          mode: "olddefconfig",
          root: "Kconfig",
          host: memoryHost(files),
          dialect,
          env: {},
        });
      const { exitCode, files } = run({ Kconfig, ".config": `${prefix}A="${text}"\n` });
      expect([exitCode, files[0]!.text.endsWith(`${prefix}A="${text}"\n`)]).toEqual([0, true]);
      expect(run({ Kconfig: `config A\n\tbool "${text}\n${text} ${text}\n` })).toMatchObject({
        exitCode: 1,
        files: [],
      });
    });

    it("a file that includes itself over another one, with the way there", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig: '\nsource "one"\n', one: 'config A\n\tbool "a"\nsource "two"\n', two: 'source "one"\n' };
      const { exitCode, stderr } = await compare({ files });
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^Recursive inclusion detected\.\n(.*\n)* {2}included from: two:1\n {2}included from: one:3\n/,
      );
    });

    it("leaves what is there alone where it refuses", async (context) => {
      context.skip(missing !== undefined, missing);
      const files = { Kconfig: 'config A\n\tbool "a"\nendmenu\n', ".config": "before\n" };
      const { exitCode, files: after } = await compare({ files });
      expect([exitCode, after]).toEqual([1, files]);
    });
  });
}
