import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConfiguration, dialects, lintTree, type LintCode } from "../../src/index.js";
import { Random, randomTree } from "../support/random-tree.js";
import { treeOf } from "../support/tree.js";

const lint = (text: string, ...codes: readonly LintCode[]): string[] =>
  lintTree(treeOf(text), codes.length === 0 ? {} : { codes }).map(
    ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
  );

describe("lintTree", () => {
  it("has nothing to say about a tree in order", () => {
    expect(
      lint('config A\n\tbool "a"\n\tselect B\nconfig B\n\tbool\nconfig C\n\tint "c"\n\trange 1 9\n\tdefault 3\n'),
    ).toEqual([]);
  });

  it("finds names that nothing defines, where they stand", () => {
    const text =
      'config A\n\tbool "a"\n\tdepends on B && MISSING\n\tselect GONE if B\nconfig B\n\tbool "b"\nconfig S\n\tstring\n\tdefault word\n';
    expect(lint(text, "undefined-reference")).toEqual([
      "3:18 undefined-reference No config statement defines MISSING.",
      "4:9 undefined-reference No config statement defines GONE.",
    ]);
    const known = new Set(["MISSING"]);
    expect(lintTree(treeOf(text), { codes: ["undefined-reference"], known })).toHaveLength(1);
  });

  it("finds what can never be on, and why", () => {
    const text = [
      "config ALONE\n\tbool",
      'config USER\n\tbool "user"\n\tdepends on ALONE',
      'config X\n\tbool "x"',
      'config TWIST\n\tbool "twist"\n\tdepends on X && HELPER',
      "config HELPER\n\tbool\n\tdefault y if !X",
      'choice\n\tprompt "one of"\nconfig ONE\n\tbool "1"\nconfig TWO\n\tbool "2"\nendchoice',
      'config BOTH\n\tbool "both"\n\tdepends on ONE && TWO',
      "",
    ].join("\n");
    expect(lint(text, "unsatisfiable").map((line) => line.replace(/^\S+ unsatisfiable /, ""))).toEqual([
      "ALONE can never be on: it has no prompt and no default, and nothing selects it.",
      "USER can never be on: it needs ALONE, which can never be on.",
      "TWIST can never be on: what it needs contradicts itself.",
      "BOTH can never be on: what it needs contradicts itself.",
    ]);
  });

  it("finds selects against dependencies, with assignments that show it", () => {
    const text =
      'config A\n\tbool "a"\n\tselect T\nconfig D\n\tbool "d"\nconfig T\n\tbool\n\tdepends on D\nconfig B\n\tbool "b"\n\tdepends on D\n\tselect T\n';
    expect(lintTree(treeOf(text), { codes: ["select-unmet"] })).toMatchObject([
      { line: 3, symbol: "A", severity: "warning", witness: [{ name: "A", value: "y" }] },
    ]);
    const useless = 'config A\n\tbool "a"\n\tselect S\nconfig S\n\tstring "s"\n';
    expect(lint(useless, "select-without-effect")).toEqual([
      "3:1 select-without-effect This select of S does nothing: S is string.",
    ]);
  });

  it("finds lines that say nothing, and ranges that nothing meets", () => {
    const text =
      'config A\n\tbool "a"\n\tdefault y\n\tdefault n if B\n\tselect B\n\tselect B\nconfig B\n\tbool "b"\nconfig N\n\tint "n"\n\trange 9 1\nconfig M\n\tint "m"\n\trange 1 9\n\tdefault 10\n';
    expect(lint(text)).toEqual([
      "4:2 redundant-line This default never counts: the one on line 3 has no condition.",
      "6:2 redundant-line Line 5 says the same.",
      "11:2 range-empty No number is within 9 to 1.",
      "15:2 default-out-of-range The default 10 is outside of 1 to 9.",
    ]);
  });

  // The claims of lint are proofs: no configuration that the engine finds may contradict them.
  it("claims nothing that the engine refutes, over random trees", { timeout: 120_000 }, () => {
    for (const dialect of [dialects.buildroot, dialects["linux-6.12"]]) {
      fc.assert(
        fc.property(fc.nat(), fc.integer({ min: 4, max: 30 }), (seed, size) => {
          const tree = treeOf(randomTree(seed, size, dialect), dialect, { UNAME_RELEASE: "" });
          fc.pre(tree.diagnostics.every(({ severity }) => severity !== "error"));
          const findings = lintTree(tree, { codes: ["unsatisfiable", "select-unmet"] });
          const dead = findings.filter(({ code }) => code === "unsatisfiable").map(({ symbol }) => symbol);
          const random = new Random(seed);
          const configuration = createConfiguration(tree);
          for (let round = 0; round < 30; round++) {
            for (const { name, type } of tree.symbols) {
              if (type === "bool" || type === "tristate") {
                configuration.assign(name, random.pick(type === "bool" ? ["y", "n"] : ["y", "m", "n"]));
              } else if (type === "int") configuration.assign(name, String(random.below(40)));
              else if (type === "string") configuration.assign(name, random.pick(["a", "b", ""]));
            }
            for (const name of dead) expect(configuration.value(name)).toBe("n");
          }
          for (const { code, witness } of findings) {
            if (code !== "select-unmet") continue;
            const shown = createConfiguration(tree);
            for (let round = 0; round < 2; round++) for (const { name, value } of witness!) shown.assign(name, value);
            expect(shown.unmetDependencies()).not.toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    }
  });
});
