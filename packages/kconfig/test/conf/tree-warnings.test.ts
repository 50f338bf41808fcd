import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Dialect } from "../../src/index.js";
import { ConfComparison } from "../support/conf-comparison.js";
import { confTools, removeConfTools } from "../support/conf-tools.js";
import { Random } from "../support/random-tree.js";

const count = process.env["KCONFIG_ORACLE"] === "all" ? 1000 : 30;

/** A tree that every tool reads, with much that a tool warns about. */
function oddTree(random: Random, { name: dialect, semantics }: Dialect): string {
  const lines = ['mainmenu "Odd"'];
  const types = ["bool", "tristate", "int", "hex", "string"];
  const some = (): string => `S${random.below(12)}`;
  const word = (): string => random.pick(["y", "n", "7", "0x1f", "-3", '"text"', '"12"', "zz", some()]);
  const option = (): string[] => {
    const kind = random.below(14);
    if (kind < 3) return [`\t${random.pick(types)}`];
    if (kind < 4) return [`\t${random.pick(types)} "${random.pick(["", " ", "\t"])}prompt"`];
    if (kind < 5) return [`\tprompt "${random.pick(["", "  "])}another"`];
    if (kind < 7) return [`\tdefault ${word()}`];
    if (kind < 8) return [`\tdefault ${some()} && y`];
    if (kind < 9) return [`\tselect ${some()}`];
    if (kind < 10) return [`\timply ${some()}`];
    if (kind < 11) return [`\trange ${word()} ${word()}`];
    if (kind < 12) return ["\thelp", `\t  ${random.pick(["Some", "More"])} text.`, ...(random.chance(30) ? [""] : [])];
    if (kind < 13 && dialect === "buildroot") return [`\toption ${random.pick(['env="ABSENT"', 'env="HOME"', "odd"])}`];
    return [];
  };
  const config = (name: string): void => {
    lines.push(`${random.chance(25) ? "menuconfig" : "config"} ${name}`);
    if (random.chance(70)) lines.push(`\t${random.pick(types)}${random.chance(60) ? ' "prompt"' : ""}`);
    for (let left = random.below(4); left > 0; left--) lines.push(...option());
    if (random.chance(30)) lines.push("# a comment", "");
  };
  for (let left = 3 + random.below(10); left > 0; left--) {
    const kind = random.below(10);
    if (kind < 7) config(some());
    else if (kind < 8) lines.push('menu "m"', ...(random.chance(50) ? ["\tdepends on y"] : []), "endmenu");
    else if (kind < 9) lines.push(`comment "${random.pick(["", " "])}c"`);
    else if (semantics.choice === "legacy") {
      const first = 20 + left * 3;
      lines.push(
        "choice",
        ...(random.chance(80) ? ['\tprompt "choice"'] : []),
        `\tdefault ${random.pick([some(), `S${first}`])}`,
      );
      for (const member of [`S${first}`, `S${first + 1}`]) {
        lines.push(`config ${member}`, ...(random.chance(80) ? [`\tbool "member"`] : ["\tbool"]));
        if (random.chance(20)) lines.push("\tdefault y");
      }
      lines.push("endchoice");
      if (random.chance(30)) lines.push(`config S${first}`, '\tbool "outside"');
    }
  }
  return `${lines.join("\n")}\ncomment "end"\n`;
}

for (const { title, dialect, missing, conf } of confTools) {
  describe(`warnings about Kconfig files, against the conf of ${title}`, { timeout: 1_800_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "kconfig-warnings-"));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      removeConfTools();
    });

    it("are C's, word for word and in its order", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      let warnings = 0;
      for (let seed = 1; seed <= count; seed++) {
        const Kconfig = oddTree(new Random(seed * 65_537), dialect);
        const run = { mode: "alldefconfig", files: { Kconfig }, env: { HOME: "/home" } } as const;
        const [expected, actual] = [comparison.expected(run), await comparison.actual(run)];
        // Some of these trees are more than the tool of Linux 6.12 survives.
        if (expected === undefined) continue;
        warnings += expected.stderr.split("\n").length - 1;
        expect({ seed, Kconfig, ...actual, files: {} }).toEqual({ seed, Kconfig, ...expected, files: {} });
      }
      expect(warnings).toBeGreaterThan(count);
    });

    it("have those of commands among them", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const Kconfig = `simple := $(shell,echo $0 $#; echo careful >&2)
later = $(shell,absent-command "$(simple)"; printf 'no line end' >&2; exit 3)
$(warning-if,y,$(simple))
config A
	string " $(later)"
	default "$(later)$(shell,echo a; if)"
	default "$(shell,printf '\\303\\274\\377' >&2; echo b)"
config C
	string " $(toString)"
	default "$(constructor)<$(shell,echo "$command")>"
source "more"
`;
      const files = { Kconfig, more: 'config B\n\tbool " b"\n\tdefault $(shell,echo n; echo last >&2)\n' };
      const run = { mode: "alldefconfig", files, env: { command: "mine" }, encoding: "latin1" } as const;
      const expected = comparison.expected(run);
      expect(/^sh: .*absent-command: .*not found$/m.test(expected?.stderr ?? "")).toBe(dialect.syntax.macros);
      expect(await comparison.actual(run)).toEqual(expected);
    });

    it("end with the first file that is missing", async (context) => {
      context.skip(missing !== undefined, missing);
      const comparison = new ConfComparison(conf(), dialect, join(folder, "work"));
      const files = {
        Kconfig: 'config A\n\tbool " a"\nsource "more"\nsource "absent"\nconfig B\n\tbool " b"\nsource "other"\n',
        more: 'config C\n\tint " c"\n\tdefault zz\n',
      };
      const run = { mode: "alldefconfig", files } as const;
      expect(await comparison.actual(run)).toEqual(comparison.expected(run));
    });
  });
}
