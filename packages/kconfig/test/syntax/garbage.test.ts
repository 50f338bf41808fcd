import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConfiguration, dialects, parse } from "../../src/index.js";
import type { OptionNode, StatementNode } from "../../src/index.js";
import { treeOf } from "../support/tree.js";

const words = [
  "config A",
  "menuconfig B",
  "choice",
  "choice C",
  "endchoice",
  'menu "m"',
  "endmenu",
  "if A && B",
  "endif",
  'comment "c"',
  'source "Kconfig"',
  "mainmenu x",
  "\tbool",
  '\ttristate "t" if A',
  "\tint",
  "\tdefault A || !B",
  "\tdefault 5 if (A",
  "\tselect B if A = y",
  "\timply D",
  "\trange 1 A",
  "\tdepends on B",
  "\tvisible if A",
  "\toptional",
  "\tmodules",
  "\toption modules",
  '\toption env="X"',
  "\thelp\n\t  text",
  '\tprompt "unclosed',
  "X := $(shell,echo",
  "Y = $(Y)$(X)",
  "$(error-if,y,stop)",
  "\0\u00ff\r",
  "\\",
];
const texts = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string()), { maxLength: 40 })
  .map((lines) => lines.join("\n"));
const some = fc.constantFrom(...Object.values(dialects));

/** Every node of a file, parents before children. */
function* nodesOf(statements: readonly StatementNode[]): Generator<StatementNode | OptionNode> {
  for (const statement of statements) {
    yield statement;
    if ("options" in statement) yield* statement.options;
    if ("children" in statement) yield* nodesOf(statement.children);
  }
}

describe("garbage", () => {
  it("is parsed to nodes that lie in the text, in its order", () => {
    fc.assert(
      fc.property(texts, some, (text, dialect) => {
        const { file, diagnostics } = parse(text, { dialect });
        expect(file.text).toBe(text);
        let last = 0;
        // A macro of its own line may stand between the options of a config, which then go on.
        const nodes = [...nodesOf(file.statements)].filter(({ kind }) => kind !== "macro");
        for (const { start, end } of nodes) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThanOrEqual(start);
          last = start;
        }
        for (const { line, column } of diagnostics) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("makes a tree and a configuration that can be loaded, written and read back", () => {
    fc.assert(
      fc.property(
        texts,
        some,
        fc.array(fc.constantFrom("A=y", "B=m", "# A is not set", 'A="', "x", "CONFIG_A=5", "C=y")),
        (text, dialect, lines) => {
          const tree = treeOf(text, dialect);
          expect(Array.isArray(tree.diagnostics)).toBe(true);
          const configuration = createConfiguration(tree);
          configuration.load(lines.join("\n"));
          const written = configuration.writeConfig();
          configuration.load(written);
          expect(
            configuration.load(written).diagnostics.filter(({ code }) => code === "config-undefined-symbol"),
          ).toEqual([]);
          expect(typeof configuration.writeMinimal()).toBe("string");
          expect(typeof configuration.writeAutoconf().header).toBe("string");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("of ten megabytes on one line takes no harm", () => {
    const long = "x".repeat(10_000_000);
    expect(parse(`config ${long}\n`).diagnostics).toEqual([]);
    expect(parse(`config A\n\tbool "${long}\n`).diagnostics.map(({ code }) => code)).toEqual(["unterminated-string"]);
    const configuration = createConfiguration(treeOf('config A\n\tstring "a"\n'));
    configuration.load(`A="${long}"\n`);
    expect(configuration.value("A")).toHaveLength(10_000_000);
  });
});
