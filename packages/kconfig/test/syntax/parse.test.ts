import { describe, expect, it } from "vitest";
import { dialects, parse } from "../../src/parser.js";
import type { ExpressionNode, StatementNode } from "../../src/parser.js";

/** An expression with a parenthesis around every operation. */
function show(node: ExpressionNode): string {
  switch (node.kind) {
    case "word":
      return node.quoted ? JSON.stringify(node.text) : node.text;
    case "not":
      return `!${show(node.operand)}`;
    case "compare":
      return `${show(node.left)}${node.operator}${show(node.right)}`;
    default:
      return `(${node.operands.map(show).join(node.kind === "and" ? " && " : " || ")})`;
  }
}

function expressionOf(text: string): string {
  const { file, diagnostics } = parse(`if ${text}\nendif\n`);
  expect(diagnostics).toEqual([]);
  const [statement] = file.statements;
  return statement?.kind === "if" ? show(statement.condition) : "";
}

const buildroot = { dialect: dialects.buildroot };
const codes = (text: string, options = {}): string[] =>
  parse(text, options).diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);

describe("parse, expressions", () => {
  it("binds || least, then &&, then ! and comparisons", () => {
    expect(expressionOf("A || B && !C = y || D")).toBe("(A || (B && !C=y) || D)");
    expect(expressionOf('!(A || !B) && C != "x y"')).toBe('(!(A || !B) && C!="x y")');
    expect(expressionOf("A && (B && (C))")).toBe("(A && (B && C))");
    expect(expressionOf("A < 1 && B >= 0x2 && C<=D && E>F")).toBe("(A<1 && B>=0x2 && C<=D && E>F)");
  });

  it("takes chains and parentheses of any depth", () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => `A${index}`).join(" && ");
    expect(parse(`if ${chain}\nendif\n`).diagnostics).toEqual([]);
    const nested = `${"(".repeat(50_000)}A${")".repeat(50_000)}`;
    expect(expressionOf(nested)).toBe("A");
    expect(codes(`if ${"!".repeat(50_000)}A\nendif\n`)).toEqual([]);
  });

  it("reports what is missing and where", () => {
    expect(codes("config A\n\tbool\n\tdepends on A &&\n\tdepends on (B\n\tdepends C\n")).toEqual([
      "3:17 unexpected-token",
      "4:15 unexpected-token",
      "5:10 unexpected-token",
    ]);
  });
});

describe("parse, statements", () => {
  it("reads everything of a config", () => {
    const text = [
      "menuconfig FOO",
      '\ttristate "Foo" if BAR',
      '\tdefault m if BAZ = "x"',
      "\tdef_bool y",
      "\tselect ONE if TWO",
      "\timply THREE",
      "\trange 1 LIMIT if FOUR",
      "\tdepends on A \\",
      "\t  && B",
      "\tmodules",
      "\thelp",
      "\t  First line.",
      "",
      "\t    Indented.",
      "",
      "config NEXT",
      "\tbool",
      "",
    ].join("\n");
    const { file, diagnostics } = parse(text, { dialect: dialects["linux-6.1"] });
    expect(diagnostics).toEqual([]);
    const [foo, next] = file.statements;
    expect(foo?.kind === "menuconfig" && foo.options.map((option) => `${option.line} ${option.kind}`)).toEqual([
      "2 type",
      "3 default",
      "4 default",
      "5 select",
      "6 imply",
      "7 range",
      "8 depends",
      "10 modules",
      "11 help",
    ]);
    expect(next).toMatchObject({ kind: "config", line: 16, name: { text: "NEXT" } });
    expect(text.slice(foo!.start, foo!.end)).toContain("menuconfig FOO");
  });

  it("nests blocks", () => {
    const text =
      'menu "M"\n\tvisible if V\nif A\nchoice\n\tprompt "C"\nconfig X\n\tbool "x"\nendchoice\nendif\nendmenu\ncomment "c"\n';
    const { file, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    const kinds = (statements: readonly StatementNode[]): unknown =>
      statements.map((node) => ("children" in node ? [node.kind, kinds(node.children)] : node.kind));
    expect(kinds(file.statements)).toEqual([["menu", [["if", [["choice", ["config"]]]]]], "comment"]);
    expect(file.statements[0]?.end).toBe(text.indexOf("comment"));
  });

  it("goes on after every mistake", () => {
    const text = 'confg A\nconfig B\n\tbol "x"\n\tbool "B\n\tdefault\nmenu "M"\nendif\nconfig C\n\tbool\nchoice\n';
    const { file, diagnostics } = parse(text);
    expect(diagnostics.map(({ code, line }) => `${line} ${code}`)).toEqual([
      "1 invalid-statement",
      "3 invalid-option",
      "4 unterminated-string",
      "5 unexpected-token",
      "7 mismatched-end",
      "10 missing-end",
      "6 missing-end",
    ]);
    expect(diagnostics[0]).toMatchObject({ hint: 'Did you mean "config"?', excerpt: "confg A", severity: "error" });
    expect(file.statements.map((node) => node.kind)).toEqual(["config", "menu"]);
  });

  it("knows the words of each dialect", () => {
    const old = 'config A\n\tbool\n\toption env="X"\n\t---help---\n\t  text\n';
    expect(codes(old, buildroot)).toEqual([]);
    expect(codes(old)).toEqual(["3:2 invalid-option", "4:2 invalid-option", "5:4 invalid-option"]);
    expect(codes("source foo/Config.in\nmenu Title\nendmenu\n", buildroot)).toEqual([]);
    expect(codes("source foo\n")).toEqual(["1:8 unexpected-token"]);
    expect(codes("config A\n\tbool\n\tdepends on B if C\n")).toEqual([]);
    expect(codes("config A\n\tbool\n\tdepends on B if C\n", buildroot)).toEqual(["3:15 unexpected-token"]);
    const late = 'menu "m"\n\tdepends on A\n\tvisible if B\nendmenu\n';
    expect([codes(late), codes(late, buildroot)]).toEqual([[], ["3:2 invalid-option"]]);
  });

  it("reads macros as words and assignments as they stand", () => {
    const { file, diagnostics } = parse(
      'cc := $(shell,echo "a, b")\nconfig A\n\tdef_bool $(success,test $(cc) = "x")\n$(info,hello)\n',
    );
    expect(diagnostics).toEqual([]);
    expect(file.statements[0]).toMatchObject({ kind: "assignment", operator: ":=", value: '$(shell,echo "a, b")' });
    expect(file.statements[1]).toMatchObject({
      options: [{ kind: "default", value: { kind: "word", macro: true, text: '$(success,test $(cc) = "x")' } }],
    });
    expect(file.statements[2]).toMatchObject({ kind: "macro", word: { text: "$(info,hello)" } });
  });

  it("survives anything", () => {
    expect(codes("")).toEqual([]);
    expect(codes('config A\r\n\tbool "x"\r\n\r\n')).toEqual(["1:9 carriage-return"]);
    expect(codes("\0config A\n")).toEqual(["1:1 nul-byte"]);
    expect(codes("config A\n\tbool\n\thelp\n\t  No end.")).toEqual([]);
    expect(codes('config A\n\tbool "unterminated')).toEqual(["2:7 unterminated-string", "2:20 missing-newline-at-end"]);
    expect(codes(`config ${"A".repeat(1_000_000)}\n\tbool\n`)).toEqual([]);
  });
});
