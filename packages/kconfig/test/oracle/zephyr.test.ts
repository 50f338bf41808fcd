import { describe, expect, it } from "vitest";
import { createConfiguration, dialects, loadTree, memoryHost, type KconfigTree } from "../../src/index.js";
import { findKconfiglib, runKconfiglib, type KconfiglibCase, type KconfiglibFiles } from "../support/kconfiglib.js";
import { Random, randomTree } from "../support/random-tree.js";

const all = process.env["KCONFIG_ORACLE"] === "all";
const found = findKconfiglib();
const missing = typeof found === "string" ? found : undefined;
const dialect = dialects.zephyr;

const treeOf = ({ files, env = {} }: KconfiglibCase): KconfigTree =>
  loadTree({ root: "Kconfig", host: memoryHost(files), dialect, env });

/** What this package writes for the case. */
function written(tree: KconfigTree, { configs }: KconfiglibCase): KconfiglibFiles[] {
  const configuration = createConfiguration(tree);
  const files = (): KconfiglibFiles => ({
    config: configuration.writeConfig(),
    minimal: configuration.writeMinimal(),
    header: configuration.writeAutoconf().header,
  });
  const first = files();
  return [
    first,
    ...configs.map((text) => {
      configuration.load(text);
      return files();
    }),
  ];
}

const expectedOf = (cases: readonly KconfiglibCase[]): ReturnType<typeof runKconfiglib> =>
  runKconfiglib(found as Exclude<typeof found, string>, cases);

describe("Zephyr's dialect, against Kconfiglib", { timeout: 900_000 }, () => {
  it("writes the same files for random trees and configurations", (context) => {
    context.skip(missing !== undefined, missing);
    const cases = Array.from({ length: all ? 1000 : 60 }, (_, seed): KconfiglibCase => {
      const random = new Random(seed * 31_337);
      const Kconfig = randomTree(seed + 900_000, 5 + (seed % 40), dialect);
      const names = [...new Set(Kconfig.match(/\bS\d+\b/g) ?? [])];
      const configs = Array.from({ length: 4 }, () =>
        names
          .filter(() => random.chance(50))
          .map((name) => {
            const value = random.pick(["y", "y", "m", "n", "7", "0x12", '"text"', "30", '"a\\"b"', "0"]);
            return value === "n" ? `# CONFIG_${name} is not set\n` : `CONFIG_${name}=${value}\n`;
          })
          .join(""),
      );
      return { files: { Kconfig }, configs };
    });
    expectedOf(cases).forEach((expected, index) => {
      const one = cases[index]!;
      expect({ index, tree: one.files["Kconfig"], written: written(treeOf(one), one) }).toEqual({
        index,
        tree: one.files["Kconfig"],
        written: expected,
      });
    });
  });

  it("sources files as Kconfiglib does: relative, optional, by pattern, by variables", (context) => {
    context.skip(missing !== undefined, missing);
    const symbol = (name: string, rest = ""): string => `config ${name}\n\tbool "${name}"\n${rest}`;
    const files = {
      Kconfig: [
        'mainmenu "Tree"',
        'source "one/Kconfig"',
        'osource "absent"',
        'orsource "absent*"',
        'rsource "two/Kconfig.[ab]"',
        'source "$FOLDER/*/Kconfig"',
        'source "$(FOLDER)/Kconfig"',
        'config TEXT\n\tstring "the $WORD of ${WORD} and $UNSET"\n\tdefault "$WORD $(WORD) \\"quoted\\""',
        'config NAMED\n\tdef_string "n"\nconfig NUMBER\n\tdef_int 7\nconfig HEX\n\tdef_hex 1f\n',
        'config ANSWER\n\tint "answer"\n\trange 1 9\n\tdefault $(number)\n',
        "number := 4\nnumber += 2\n",
        'config LATE\n\tint "late"\n\tdefault 12\n\trange 1 9\n',
      ].join("\n"),
      "one/Kconfig": `rsource "deep/Kconfig"\n${symbol("ONE", "\tdefault y\n")}orsource "absent"\nosource "one/extra"\n`,
      "one/extra": symbol("EXTRA"),
      "one/deep/Kconfig": `${symbol("DEEP")}rsource "../sibling"\n`,
      "one/sibling": symbol("SIBLING", "\tselect ONE\n"),
      "two/Kconfig.a": symbol("A"),
      "two/Kconfig.b": symbol("B", "\tdepends on A\n"),
      "two/Kconfig.c": symbol("C"),
      "three/Kconfig": symbol("THREE"),
      "three/x/Kconfig": symbol("X"),
      "three/m/Kconfig": symbol("M"),
    };
    const one: KconfiglibCase = {
      files: { ...files, Kconfig: files.Kconfig.replace("default $(number)", "default 6") },
      env: { FOLDER: "three", WORD: "word" },
      configs: ["CONFIG_A=y\nCONFIG_SIBLING=y\nCONFIG_ANSWER=12\n", "CONFIG_LATE=3\nCONFIG_ANSWER=2\nCONFIG_HEX=0x2\n"],
    };
    const tree = treeOf(one);
    expect(tree.diagnostics).toEqual([]);
    expect(tree.files).toContain("one/sibling");
    expect(tree.symbol("TEXT")?.prompt).toBe("the word of word and $UNSET");
    expect(written(tree, one)).toEqual(expectedOf([one])[0]);
    // A source that names nothing is an error there and here.
    const broken = { files: { Kconfig: 'source "absent*"\n' }, configs: [] };
    expect(treeOf(broken).diagnostics.map(({ code }) => code)).toEqual(["source-not-found"]);
    expect(expectedOf([broken])[0]).toContain("'absent*' not found");
  });
});

describe("configdefault", () => {
  const withDefaults = (lines: string): KconfigTree =>
    treeOf({ files: { Kconfig: `${lines}config ON\n\tdef_bool y\nconfig BAR\n\tbool "bar"\n` }, configs: [] });

  // As Zephyr's manual has it: "configdefault FOO, default y if FIZZ" is one more default of FOO, with FOO's dependencies.
  it("adds a default at its place, and leaves the dependencies of the symbol as they are", () => {
    const foo = 'config FOO\n\tbool "foo"\n\tdepends on BAR\n';
    for (const lines of [
      `configdefault FOO\n\tdefault y if ON\n${foo}`,
      `if ON\nconfigdefault FOO\n\tdefault y\nendif\n${foo}`,
    ]) {
      const configuration = createConfiguration(withDefaults(lines));
      expect(configuration.tree.diagnostics).toEqual([]);
      expect(configuration.value("FOO")).toBe("n");
      configuration.assign("BAR", "y");
      expect([configuration.value("FOO"), configuration.visibility("FOO")]).toEqual(["y", 2]);
    }
    const numbers = 'configdefault N\n\tdefault 1\nconfig N\n\tint "n"\n\tdefault 2\nconfigdefault N\n\tdefault 3\n';
    expect(createConfiguration(withDefaults(numbers)).value("N")).toBe("1");
    const last = 'config N\n\tint "n"\n\tdefault 2 if !ON\nconfigdefault N\n\tdefault 3\n';
    expect(createConfiguration(withDefaults(last)).value("N")).toBe("3");
  });

  it("takes nothing but defaults", () => {
    const tree = withDefaults('config FOO\n\tbool "foo"\nconfigdefault FOO\n\tdepends on BAR\n\tdefault y\n');
    expect(tree.diagnostics.map(({ line, code }) => [line, code])).toEqual([[4, "invalid-option"]]);
    expect(createConfiguration(tree).value("FOO")).toBe("y");
  });
});
