import { describe, expect, it } from "vitest";
import {
  createConfiguration,
  dialects,
  formatDiagnostic,
  loadTree,
  memoryHost,
  parse,
  type Diagnostic,
  type Dialect,
} from "../../src/index.js";
import { configurationOf, treeOf } from "../support/tree.js";

/** What people get to read. */
const show = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map((entry) => formatDiagnostic(entry));
const found = (files: string | Readonly<Record<string, string>>, dialect?: Dialect): string[] =>
  show(treeOf(files, dialect).diagnostics);
const loaded = (tree: string, config: string): string[] => show(configurationOf(tree).load(config).diagnostics);

describe("bad input: a place, the line, what to do", () => {
  it("strings without an end", () => {
    expect(found('config A\n\tbool "open\nconfig B\n\tbool "b"\n')).toEqual([
      'Kconfig:2:7: error: The string has no closing quote on its line. [unterminated-string]\n    \tbool "open\n    \t     ^\n    hint: Strings end on the line on which they start.',
    ]);
    expect(loaded('config A\n\tstring "a"\n', 'A="open\n')).toEqual([
      '.config:1:3: warning: The string for A has no closing quote. [config-invalid-value]\n    A="open\n      ^\n    hint: End the value with a quote; a quote within it needs a backslash before it.',
    ]);
  });

  it("loops of dependencies", () => {
    const [loop, ...more] = found(
      'config A\n\tbool "a"\n\tselect B\nconfig B\n\tbool "b"\n\tselect C\nconfig C\n\tbool "c"\n\tselect A\n',
    );
    expect(more).toEqual([]);
    expect(loop).toBe(
      "Kconfig:1:1: error: A depends on itself: A > C > B > A. [recursive-dependency]\n    config A\n    ^\n    hint: Take one of these dependencies away, or turn a select into a dependency.",
    );
  });

  it("files that source themselves, and files that are not there", () => {
    expect(found({ Kconfig: 'source "a"\n', a: 'source "Kconfig"\n' })).toEqual([
      'a:1:1: error: "Kconfig" sources itself: Kconfig > a > Kconfig. [source-recursive]\n    source "Kconfig"\n    ^\n    hint: Take this source away.',
    ]);
    expect(found('source "absent"\n')).toEqual([
      'Kconfig:1:1: error: The file "absent" that is sourced here does not exist. [source-not-found]\n    source "absent"\n    ^\n    hint: Paths are relative to the folder of the top file, or to srctree.',
    ]);
    expect(treeOf('config DIR\n\tstring\n\toption env="BASE_DIR"\nsource "$DIR/more"\n').diagnostics.at(-1)?.hint).toBe(
      '"$DIR/more" needs the variable BASE_DIR, which is not set.',
    );
    expect(() => loadTree({ root: "absent", host: memoryHost({}), dialect: dialects.linux })).toThrow(
      "absent does not exist",
    );
  });

  it("a file that sources itself again and again is read once", () => {
    let reads = 0;
    const host = {
      readFile: (path: string) => (path === "Kconfig" ? (reads++, 'source "Kconfig"\n'.repeat(300)) : undefined),
    };
    const { diagnostics } = loadTree({ root: "Kconfig", host, dialect: dialects.linux });
    expect(diagnostics).toHaveLength(300);
    // Its text is asked for again for the excerpts.
    expect(reads).toBeLessThan(700);
  });

  it("wrong types and ranges", () => {
    const text =
      'config A\n\tstring "a"\n\trange 1 2\n\tselect B\nconfig B\n\tint "b"\n\tdefault "x"\n\trange 1 word\n\tbool\n';
    expect(treeOf(text).diagnostics.map(({ code, line }) => `${line} ${code}`)).toEqual([
      "5 type-redefined",
      "3 range-type",
      "4 select-type",
      "7 default-type",
      "8 range-invalid",
    ]);
  });

  it("values that a symbol does not take, symbols that nobody can set", () => {
    const tree = 'config N\n\tint "n"\n\trange 1 9\nconfig B\n\tbool "b"\nconfig HIDDEN\n\tbool\n';
    expect(
      loaded(tree, "N=word\nB=m\nABSENT=y\nHIDDEN=y\nN=5\nN=6\nno assignment\n").map((text) => text.split("\n")[0]),
    ).toEqual([
      '.config:1:3: warning: "word" is no value for N, which is int. [config-invalid-value]',
      '.config:2:3: warning: "m" is no value for B, which is bool. [config-invalid-value]',
      ".config:3:1: information: The tree has no symbol ABSENT; the line has no effect. [config-undefined-symbol]",
      ".config:6:1: warning: N is assigned again; the last value counts. [config-reassigned]",
      '.config:7:1: warning: The line assigns nothing: "no assignment". [config-unexpected-data]',
      '.config:4:1: information: HIDDEN has no prompt: it stays "n", and the line has no effect. [config-promptless-symbol]',
    ]);
  });

  it("latin-1, CRLF, NUL bytes", () => {
    expect(found('config A\n\tbool "caf\u00e9"\n')).toEqual([]);
    expect(found('config A\r\n\tbool "a"\r\n\thelp\r\n\t  text\r\n')).toEqual([
      "Kconfig:1:9: warning: The lines end with a carriage return, which is a character like others to C's tool. [carriage-return]\n    config A\n            ^\n    hint: Convert the file.",
    ]);
    expect(found("config A\0\n\tbool\n")).toEqual([
      "Kconfig:1:9: error: A NUL byte is ignored. [nul-byte]\n    config A\0\n            ^\n    hint: This is no Kconfig file, or it is damaged.",
    ]);
    const configuration = configurationOf('config A\n\tstring "a"\n');
    const { diagnostics } = configuration.load('A="caf\u00e9"\0\r\n');
    expect(show(diagnostics)).toEqual([
      '.config:1:9: warning: What stands behind a NUL byte is ignored. [nul-byte]\n    A="caf\u00e9"\0\n            ^\n    hint: This is no .config, or it is damaged.',
    ]);
    expect(configuration.writeConfig()).toContain('A="caf\u00e9"\n');
  });

  it("lines of ten megabytes get a short excerpt", () => {
    const long = "x".repeat(10_000_000);
    const [finding] = parse(`config A\n\tbool "${long}\n`).diagnostics;
    expect(finding?.excerpt?.length).toBeLessThanOrEqual(200);
    const configuration = createConfiguration(treeOf('config A\n\tstring "a"\n'));
    expect(configuration.load(`A=${long}\n${long}\n`).diagnostics.every(({ excerpt }) => excerpt!.length <= 200)).toBe(
      true,
    );
  });

  it("macros that grow without end", () => {
    const doubling = `${"X := $(X)$(X)a\n".repeat(40)}config A\n\tbool "$(X)"\n`;
    const calls = 'F = $(F,$(1)a)$(F,$(1)b)\nconfig A\n\tbool "$(F,x)"\n';
    const codes = [doubling, calls].map((text) => [
      ...new Set(treeOf(text, dialects.linux).diagnostics.map(({ code }) => code)),
    ]);
    expect(codes).toEqual([["macro-limit"], ["macro-recursive", "macro-limit"]]);
  });

  it("all mistakes of a file in one go", () => {
    const text = 'confg A\nconfig B\n\tbol\n\tdepends B\n\tdefault (y\nmenu "m"\n\tselect A\nendif\n';
    expect(parse(text).diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual([
      "1 invalid-statement",
      "3 invalid-option",
      "4 unexpected-token",
      "5 unexpected-token",
      "7 invalid-option",
      "8 mismatched-end",
      "6 missing-end",
    ]);
  });
});
