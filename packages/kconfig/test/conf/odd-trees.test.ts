import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dialects } from "../../src/index.js";
import { busyboxOracle } from "../support/busybox-oracle.js";
import { ConfComparison } from "../support/conf-comparison.js";
import { confTools, removeConfTools, type ConfTool } from "../support/conf-tools.js";

const found = await busyboxOracle();
const tools: readonly ConfTool[] = [
  ...confTools,
  {
    title: "BusyBox",
    dialect: dialects.busybox,
    missing: typeof found === "string" ? found : undefined,
    conf: () => (typeof found === "string" ? "" : found.conf),
  },
];

const modules = 'config MODULES\n\tbool "modules"\n\tdefault y\n';
const choice = (members: string): string => `choice\n\tprompt "choice"\n${members}endchoice\n`;
const member = (name: string, type = "bool"): string => `config ${name}\n\t${type} "member ${name}"\n`;

/** Trees that each tool makes something of its own of, by what is odd about them. */
const trees: Readonly<Record<string, string>> = {
  "a string that the file's end cuts off": 'config A\n\tbool "a"\n\tdefault y\nconfig B\n\tbool "cut off',
  "strings without an end, by what their lines end with": `config A\n\tbool "a'\nconfig B\n\tbool "\nconfig C\n\tbool "c\\"\nconfig D\n\tbool "d\\\n`,
  "a title with a NUL": 'mainmenu "one\0two"\nconfig A\n\tbool "a\0b"\n\tdefault y\n',
  "a line that does not go on, for its end is that of DOS": 'config A\n\tbool "a" \\\r\n\tdefault y\n',
  "bools that are compared with m": `config A\n\tbool "a"\nconfig B\n\tbool "b"\n\tdepends on A != m && (A = m || A != m)\n\tdefault y if A != m\nif A != m\nconfig C\n\tbool "c" if !(A = m)\nmenu "m"\n\tdepends on A = m\nendmenu\nendif\n`,
  "less and more": 'config A\n\tint "a"\n\tdefault 5\nconfig B\n\tbool "b"\n\tdefault y if A >= 5\n',
  "prompts that start with blanks": 'config A\n\tbool "  a"\n\tdefault y\nmenu " m"\nendmenu\n',
  "conditions that contradict themselves": `${modules}config A\n\ttristate "a"\n\tdefault m\nconfig B\n\tbool "b" if (A = y || A) && !A && A != y\nconfig C\n\tbool "c" if (A && MODULES) || !A || !MODULES\n\tdefault y\n`,
  "a member of two choices": `${choice(member("A") + member("B"))}${choice(member("C") + member("A"))}`,
  "a member that is one twice": choice(member("A") + member("B") + member("A")),
  "a member with a prompt before its choice": `config A\n\tbool "outside"\n${choice(member("A") + member("B"))}`,
  "a loop through a member with a prompt before its choice": `config A\n\tbool "outside"\n\tselect C\n${choice(`\tdepends on C\n${member("B")}${member("C")}${member("A")}`)}`,
};

for (const { title, dialect, missing, conf } of tools) {
  describe(`odd trees, against the conf of ${title}`, { timeout: 600_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-odd-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it.for(Object.entries(trees))("%s", async ([, Kconfig], context) => {
      context.skip(missing !== undefined, missing);
      const { early } = dialect.semantics;
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const files = { Kconfig, ...(early && { "include/x": "" }) };
      for (const mode of ["alldefconfig", "allyesconfig"] as const) {
        const run = {
          mode,
          files,
          env: { TZ: "UTC" },
          encoding: "latin1",
          ...(early && { time: 1_700_000_000 }),
        } as const;
        const expected = comparison.expected(run);
        expect(expected?.exitCode).toBeTypeOf("number");
        expect(await comparison.actual(run)).toEqual(expected);
      }
    });
  });
}
