import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConfiguration, dialects, KconfigError } from "../../src/index.js";
import { body, configurationOf, treeOf } from "../support/tree.js";

const linux = dialects["linux-6.1"];
const modules = 'config MODULES\n\tbool "modules"\n\tmodules\n\tdefault y\n';

describe("Configuration, values", () => {
  it("takes defaults, conditions and the user's values in C's order", () => {
    const configuration = configurationOf(
      'config A\n\tbool "a"\nconfig B\n\tbool "b"\n\tdefault y if A\nconfig N\n\tint "n"\n\tdefault 3 if A\n\tdefault 5\nconfig S\n\tstring\n\tdefault "x" if B\n',
    );
    expect(body(configuration.writeConfig())).toEqual(["# A is not set", "# B is not set", "N=5"]);
    const { changed, held } = configuration.assign("A", "y");
    expect(held).toBe(true);
    expect(changed.map((symbol) => symbol.name)).toEqual(["A", "B", "N", "S"]);
    expect(body(configuration.writeConfig())).toEqual(["A=y", "B=y", "N=3", 'S="x"']);
    expect(configuration.assign("B", "n").changed.map((symbol) => symbol.name)).toEqual(["B", "S"]);
    expect(configuration.unassign("B").value).toBe("y");
    expect(configuration.writeMinimal()).toBe("A=y\n");
  });

  it("selects whatever the dependencies are, implies only what they allow", () => {
    const configuration = configurationOf(
      'config A\n\tbool "a"\n\tselect S\n\timply I\n\timply J\nconfig D\n\tbool "d"\nconfig S\n\tbool "s"\n\tdepends on D\nconfig I\n\tbool "i"\nconfig J\n\tbool "j"\n\tdepends on D\n',
    );
    configuration.assign("A", "y");
    expect(["S", "I", "J"].map((name) => configuration.value(name))).toEqual(["y", "y", "n"]);
    expect(configuration.assign("I", "n")).toMatchObject({ held: true, value: "n" });
    expect(configuration.assign("S", "n")).toMatchObject({ held: false, value: "y" });
  });

  it("keeps tristates below their dependencies, and modules apart", () => {
    const text = `${modules}config A\n\ttristate "a"\nconfig B\n\ttristate "b"\n\tdepends on A\nconfig C\n\tbool "c"\n\tdepends on A\n`;
    const configuration = configurationOf(text, linux);
    configuration.assign("A", "m");
    expect(configuration.assign("B", "y")).toMatchObject({ held: false, value: "m" });
    expect(configuration.assign("C", "y")).toMatchObject({ held: true, value: "y" });
    expect(configuration.visibility("B")).toBe(1);
    configuration.assign("MODULES", "n");
    expect([configuration.value("A"), configuration.value("B")]).toEqual(["y", "y"]);
  });

  it("clamps numbers to their range as each dialect does", () => {
    const text =
      'config N\n\tint "n"\n\trange 1 LIMIT\n\tdefault 99\nconfig LIMIT\n\tint\n\tdefault 10\nconfig H\n\thex "h"\n\trange 0x10 0xFF\n\tdefault 0x1FF\n';
    const buildroot = configurationOf(text);
    expect([buildroot.value("N"), buildroot.value("H")]).toEqual(["10", "0xff"]);
    const linuxLike = configurationOf(text, linux);
    expect([linuxLike.value("N"), linuxLike.value("H")]).toEqual(["10", "0xFF"]);
    expect(buildroot.assign("N", "-3")).toMatchObject({ held: false, value: "1" });
  });

  it("compares numbers as numbers and words as words", () => {
    const text =
      'config N\n\tint "n"\n\tdefault 9\nconfig S\n\tstring "s"\n\tdefault "b"\nconfig X\n\tdef_bool y if N < 10 && N >= 9\nconfig Y\n\tdef_bool y if S > "a" && S != "c"\nconfig Z\n\tdef_bool y if N = 09\n';
    const configuration = configurationOf(text);
    expect(["X", "Y", "Z"].map((name) => configuration.value(name))).toEqual(["y", "y", "n"]);
    configuration.assign("N", "10");
    expect(configuration.value("X")).toBe("n");
  });

  it("has one member of a choice, by default the first one that is visible", () => {
    const text =
      'choice\n\tprompt "c"\n\tdefault B if D\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nconfig C\n\tbool "c"\n\tdepends on D\nendchoice\nconfig D\n\tbool "d"\n';
    const configuration = configurationOf(text);
    const [choice] = configuration.tree.choices;
    expect(configuration.selection(choice!)?.name).toBe("A");
    configuration.assign("D", "y");
    expect(configuration.selection(choice!)?.name).toBe("B");
    expect(configuration.assign("C", "y").changed.map((symbol) => symbol.name)).toEqual(["", "B", "C"]);
    expect(body(configuration.writeConfig())).toEqual(["# A is not set", "# B is not set", "C=y", "D=y"]);
    expect(configuration.writeMinimal()).toBe("C=y\nD=y\n");
    configuration.assign("D", "n");
    expect(configuration.selection(choice!)?.name).toBe("A");
  });

  it("takes environment variables, also into paths and the title", () => {
    const tree = treeOf(
      {
        Kconfig:
          'mainmenu "Tree $VERSION"\nconfig VERSION\n\tstring\n\toption env="TREE_VERSION"\nconfig DIR\n\tstring\n\toption env="DIR"\nsource "$DIR/more.in"\n',
        "sub/more.in": "config MORE\n\tbool\n\tdefault y\n",
      },
      dialects.buildroot,
      { TREE_VERSION: "1.2", DIR: "sub" },
    );
    expect(tree.title).toBe("Tree 1.2");
    expect(tree.files).toEqual(["Kconfig", "sub/more.in"]);
    expect(body(createConfiguration(tree).writeConfig())).toEqual(["MORE=y"]);
  });

  it("throws for unknown symbols and impossible values, with a hint", () => {
    const configuration = configurationOf('config FOO\n\tbool "foo"\nconfig NUM\n\tint "num"\n');
    const thrown = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return KconfigError.is(error) ? [error.code, error.hint] : error;
      }
    };
    expect(thrown(() => configuration.value("FO"))).toEqual(["UNKNOWN_SYMBOL", "Did you mean FOO?"]);
    expect(thrown(() => configuration.assign("FOO", "maybe"))).toEqual(["INVALID_VALUE", "It takes y or n."]);
    expect(thrown(() => configuration.assign("NUM", "0x10"))).toEqual(["INVALID_VALUE", "It takes a decimal number."]);
  });
});

describe("Configuration, load", () => {
  const text =
    'config A\n\tbool "a"\nconfig B\n\tbool "b"\n\tdepends on A\nconfig N\n\tint "n"\n\trange 1 5\n\tdefault 2\nconfig S\n\tstring "s"\n';

  it("reports what does not fit, and loads the rest", () => {
    const configuration = configurationOf(text);
    const report = configuration.load('A=y\nB=maybe\nN=x\nS="no end\nOTHER=y\nnonsense\nA=n\n');
    expect(report.diagnostics.map(({ code, line }) => `${line} ${code}`)).toEqual([
      "2 config-invalid-value",
      "3 config-invalid-value",
      "4 config-invalid-value",
      "5 config-undefined-symbol",
      "6 config-unexpected-data",
      "7 config-reassigned",
    ]);
    expect(report.unknown).toEqual(["OTHER"]);
    expect(report.changed).toBe(true);
    expect(configuration.value("A")).toBe("n");
  });

  it("forgets numbers out of range", () => {
    const configuration = configurationOf(text);
    configuration.load("A=y\nB=y\nN=9\n");
    expect(configuration.value("N")).toBe("2");
  });

  it("reads back what it writes, unchanged", () => {
    const configuration = configurationOf(text);
    configuration.assign("A", "y");
    configuration.assign("S", 'a "quoted" \\ text');
    const written = configuration.writeConfig();
    const other = configurationOf(text);
    expect(other.load(written).changed).toBe(false);
    expect(other.writeConfig()).toBe(written);
  });
});

describe("Configuration, incremental", () => {
  const size = 12;
  const name = (index: number): string => `S${index}`;
  const conditions = fc.array(
    fc.record({ not: fc.boolean(), symbol: fc.nat(size - 1), operator: fc.constantFrom("&&", "||") }),
    { maxLength: 3 },
  );
  const symbols = fc.array(
    fc.record({
      type: fc.constantFrom("bool", "tristate"),
      depends: conditions,
      byDefault: conditions,
      select: fc.option(fc.nat(size - 1)),
    }),
    { minLength: size, maxLength: size },
  );

  it("finds the values that a full evaluation finds", () => {
    // Symbols refer to earlier ones only, so that there is no cycle.
    const show = (list: readonly { not: boolean; symbol: number; operator: string }[], below: number): string =>
      list
        .filter((term) => term.symbol < below)
        .map((term, index) => `${index > 0 ? term.operator : ""} ${term.not ? "!" : ""}${name(term.symbol)}`)
        .join(" ");
    const assignments = fc.array(fc.tuple(fc.nat(size - 1), fc.constantFrom("n", "m", "y")), { maxLength: 20 });
    fc.assert(
      fc.property(symbols, assignments, (specification, steps) => {
        const text = specification.map(({ type, depends, byDefault, select }, index) => {
          const lines = [`config ${name(index)}`, `\t${type} "${name(index)}"`];
          const dependency = show(depends, index);
          const value = show(byDefault, index);
          if (dependency !== "") lines.push(`\tdepends on ${dependency}`);
          if (value !== "") lines.push(`\tdefault ${value}`);
          if (select !== null && select > index) lines.push(`\tselect ${name(select)}`);
          return `${lines.join("\n")}\n`;
        });
        const tree = treeOf(modules + text.join(""), linux);
        const configuration = createConfiguration(tree);
        configuration.writeConfig();
        for (const [index, value] of steps) {
          const legal = specification[index]!.type === "bool" && value === "m" ? "y" : value;
          configuration.assign(name(index), legal);
        }
        const incremental = configuration.writeConfig();
        configuration.engine.invalidate();
        expect(configuration.writeConfig()).toBe(incremental);
      }),
    );
  });
});
