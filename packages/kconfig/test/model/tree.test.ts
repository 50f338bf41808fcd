import { describe, expect, it } from "vitest";
import {
  createConfiguration,
  dialects,
  findDialect,
  KconfigError,
  loadTree,
  memoryHost,
  TreeCache,
  recordingHost,
  requireValidTree,
  type KconfigHost,
  type KconfigTree,
  type Menu,
} from "../../src/index.js";
import { body, treeOf } from "../support/tree.js";

/** The menu tree as nested lists of names. */
function outline(menu: Menu): unknown[] {
  return [...menu.children()].map((child) => {
    const name = child.symbol?.name ?? child.prompt?.text ?? "?";
    return child.list === undefined ? name : [name, ...outline(child)];
  });
}

const codes = (text: string, dialect = dialects.buildroot): string[] =>
  treeOf(text, dialect).diagnostics.map(({ code, line }) => `${line} ${code}`);

describe("loadTree, structure", () => {
  it("forms submenus of what follows a symbol and depends on it", () => {
    const tree = treeOf(
      'config A\n\tbool "a"\nconfig B\n\tbool "b"\n\tdepends on A\nif A && X\nconfig C\n\tbool "c"\nconfig D\n\tbool "d"\n\tdepends on C\nendif\nconfig E\n\tbool "e"\nconfig X\n\tbool "x"\n',
    );
    expect(outline(tree.root)).toEqual([["A", "B", "?", ["C", "D"]], "E", "X"]);
  });

  it("lifts the contents of ifs and of symbols without a prompt", () => {
    const tree = treeOf(
      'if X\nconfig A\n\tbool\nconfig B\n\tbool "b"\n\tdepends on A\nendif\nmenu "m"\nconfig C\n\tbool "c"\nendmenu\n',
    );
    expect(outline(tree.root)).toEqual(["?", "A", "B", ["m", "C"]]);
  });

  it("follows a chain of submenus to any depth", () => {
    const count = 5000;
    const text = Array.from(
      { length: count },
      (_, index) => `config S${index}\n\tbool "s"\n\tdefault y\n${index > 0 ? `\tdepends on S${index - 1}\n` : ""}`,
    ).join("");
    const tree = treeOf(text);
    const configuration = createConfiguration(tree);
    expect(configuration.value(`S${count - 1}`)).toBe("y");
    configuration.assign("S0", "n");
    expect(body(configuration.writeConfig())).toEqual(["# S0 is not set"]);
  });

  it("gives help texts when they are asked for", () => {
    const tree = treeOf("config A\n\tbool\n\thelp\n\t  Some text.\n\n\t    More.\n");
    expect(tree.symbol("A")?.menus[0]?.help?.()).toBe("Some text.\n\n  More.");
  });
});

describe("loadTree, findings", () => {
  it("reports what is wrong with symbols", () => {
    expect(codes("config A\n\tdefault y\nconfig B\n\tbool\n\tint\nconfig C\n\tint\n\tdefault x y\n")).toEqual([
      "8 unexpected-token",
      "3 type-redefined",
      "1 config-untyped",
    ]);
    expect(
      codes("config A\n\tstring\n\tselect B\n\trange 1 2\nconfig B\n\tbool\nconfig C\n\tbool\n\tselect A\n"),
    ).toEqual(["3 select-type", "4 range-type", "9 select-type"]);
    expect(codes('menuconfig A\n\tbool\nconfig B\n\tbool " b"\n\tprompt "c"\n')).toEqual([
      "1 menuconfig-without-prompt",
      "4 prompt-blank",
      "5 prompt-redefined",
    ]);
  });

  it("reports missing and recursive sources, and goes on", () => {
    const tree = treeOf({
      Kconfig: 'source "none"\nsource "a"\nconfig A\n\tbool\n',
      a: 'source "Kconfig"\nconfig B\n\tbool\n',
    });
    expect(tree.diagnostics.map(({ path, code, line }) => `${path}:${line} ${code}`)).toEqual([
      "Kconfig:1 source-not-found",
      "a:1 source-recursive",
    ]);
    expect(tree.symbols.map((symbol) => symbol.name)).toEqual(["B", "A"]);
    expect(tree.diagnostics[0]?.excerpt).toBe('source "none"');
  });

  it("reports loops, through choices too", () => {
    const loops = (text: string): string[] =>
      treeOf(text, dialects["linux-6.1"])
        .diagnostics.filter(({ code }) => code === "recursive-dependency")
        .map(({ line, message }) => `${line} ${message}`);
    expect(loops('config A\n\tbool "a"\n\tdepends on B\n\tselect B\nconfig B\n\tbool "b"\n')).toEqual([
      "1 A depends on itself: A > B > A.",
    ]);
    expect(loops('config A\n\tbool "a"\n\tdepends on !A\n')).toEqual(["1 A depends on itself: A > A."]);
    expect(
      loops(
        'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nendchoice\nconfig D\n\tbool "d"\n\tdepends on A\n',
      ),
    ).toEqual([]);
    expect(
      loops(
        'choice\n\tprompt "c"\n\tdepends on D\nconfig A\n\tbool "a"\nendchoice\nconfig D\n\tbool "d"\n\tdepends on A\n',
      ),
    ).toEqual(["1 choice of A depends on itself: choice of A > D > choice of A."]);
  });

  it("throws on request: for errors, for a signal, for an unknown dialect", () => {
    const code = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return KconfigError.is(error) ? error.code : error;
      }
    };
    const tree = treeOf("config A\n\tbool\n");
    expect(requireValidTree(tree)).toBe(tree);
    expect(code(() => requireValidTree(treeOf("confg A\n")))).toBe("TREE_INVALID");
    const options = { root: "Kconfig", host: memoryHost({ Kconfig: "" }), dialect: findDialect("linux") };
    expect(code(() => loadTree({ ...options, signal: AbortSignal.abort() }))).toBe("ABORTED");
    expect(code(() => findDialect("linus"))).toBe("UNKNOWN_DIALECT");
  });

  it("throws where there is no top file", () => {
    expect(() => loadTree({ root: "x/Kconfig", host: memoryHost({}), dialect: dialects.linux })).toThrow(KconfigError);
  });
});

describe("loadTree, macros", () => {
  const files = {
    Kconfig: [
      "name = $(1)-$(2)",
      "simple := $(name,a,b)",
      "simple += c",
      'config TEXT\n\tstring\n\tdefault "$(simple) \\"$(shell,echo \'x y\')\\" $(UNKNOWN)$5"',
      "config $(prefix)_X\n\tdef_bool $(if-y)",
      "$(warning-if,y,careful)",
      "$(info,at $(filename):$(lineno))",
      "",
    ].join("\n"),
  };

  it("expands variables, functions, the shell and the environment", () => {
    const host = {
      ...memoryHost(files),
      shell: (command: string) => ({ stdout: `<${command}>\n\n`, stderr: "", status: 0 }),
    };
    const env = { prefix: "PRE", "if-y": "y" };
    const tree = loadTree({ root: "Kconfig", host, dialect: dialects["linux-6.1"], env });
    expect(createConfiguration(tree).value("TEXT")).toBe("a-b c \"<echo 'x y'>\" $5");
    expect(createConfiguration(tree).value("PRE_X")).toBe("y");
    expect(tree.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "macro-warning: careful",
      "macro-information: at Kconfig:10",
    ]);
  });

  it("asks for each command once, and replays answers without a shell", () => {
    const text = 'x := $(shell,one)\ny := $(shell,one)$(shell,two)\nconfig A\n\tstring\n\tdefault "$(x)$(y)"\n';
    const asked: string[] = [];
    const live = recordingHost({
      ...memoryHost({ Kconfig: text }),
      shell: (command) => ({ stdout: `${command.length}${asked.push(command)}\n`, stderr: "", status: 0 }),
    });
    const value = (host: KconfigHost): string =>
      createConfiguration(loadTree({ root: "Kconfig", host, dialect: dialects.linux })).value("A");
    expect(value(live)).toBe("313132");
    expect(asked).toEqual(["one", "two"]);
    expect(value(recordingHost(memoryHost({ Kconfig: text }), live.answers()))).toBe("313132");
    expect(value(recordingHost(memoryHost({ Kconfig: text })))).toBe("");
  });

  it("parses again what has changed", () => {
    const cache = new TreeCache();
    const load = (text: string): string[] =>
      loadTree({
        root: "Kconfig",
        host: memoryHost({ Kconfig: 'source "a"\n', a: text }),
        dialect: dialects.linux,
        cache,
      }).symbols.map((symbol) => symbol.name);
    expect([load("config A\n\tbool\n"), load("config A\n\tbool\n"), load("config B\n\tbool\n")]).toEqual([
      ["A"],
      ["A"],
      ["B"],
    ]);
    expect(cache.size).toBe(2);
  });

  it("hands the same tree out while files, commands and variables are what they were", () => {
    const cache = new TreeCache();
    const answers = {
      files: { Kconfig: 'source "a"\n', a: 'config A\n\tstring\n\tdefault "$(shell,x) $(V)"\n' },
      stdout: "one",
    };
    const load = (env: Record<string, string> = {}, dialect = dialects["linux-6.1"]): KconfigTree =>
      loadTree({
        root: "Kconfig",
        host: { ...memoryHost(answers.files), shell: () => ({ stdout: answers.stdout, stderr: "", status: 0 }) },
        dialect,
        env,
        cache,
      });
    const first = load();
    expect(load()).toBe(first);
    expect(load({ OTHER: "1" })).toBe(first);
    const second = load({ V: "v" });
    expect(createConfiguration(second).value("A")).toBe("one v");
    answers.stdout = "two";
    expect(createConfiguration(load({ V: "v" })).value("A")).toBe("two v");
    answers.files.a = 'config A\n\tstring\n\tdefault "three"\n';
    expect(createConfiguration(load({ V: "v" })).value("A")).toBe("three");
    expect(load({ V: "v" }, dialects.linux)).not.toBe(load({ V: "v" }));
  });

  it("looks for findings after the signal of the load was aborted", () => {
    const controller = new AbortController();
    const files = { Kconfig: "config A\n\tbool\n\tdepends on B\nconfig B\n\tbool\n\tdepends on A\n" };
    const tree = loadTree({
      root: "Kconfig",
      host: memoryHost(files),
      dialect: dialects.linux,
      signal: controller.signal,
    });
    controller.abort();
    expect(tree.diagnostics.map(({ code }) => code)).toContain("recursive-dependency");
  });

  it("says so where there is no shell", () => {
    expect(codes("x := $(shell,date)\n", dialects["linux-6.1"])).toEqual(["1 shell-unavailable"]);
    expect(codes("a = $(b)\nb = $(a)\nx := $(a)\n", dialects["linux-6.1"])).toEqual(["3 macro-recursive"]);
  });

  it("has no end of findings about a symbol in thousands of choices, each within the other", () => {
    const text = 'choice\n\tprompt "c"\nconfig A\n\tbool "a"\n'.repeat(2000);
    for (const dialect of [dialects.busybox, dialects.buildroot, dialects.linux]) {
      const { diagnostics } = treeOf(text, dialect);
      expect(diagnostics.some(({ code }) => code === "choice-member")).toBe(true);
      expect(diagnostics.length).toBeLessThan(30_000);
    }
  });
});
