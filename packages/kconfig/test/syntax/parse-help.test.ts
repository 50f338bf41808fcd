import { describe, expect, it } from "vitest";
import { findHelpEnd, helpText } from "../../src/syntax/parse-help.js";

const read = (text: string): { help: string; rest: string; lines: number } => {
  const { end, lines } = findHelpEnd(text, 0);
  return { help: helpText(text, { start: 0, end }), rest: text.slice(end), lines };
};

describe("findHelpEnd", () => {
  it("ends before a line with less indentation", () => {
    expect(read("\t  one\n\t    two\n\tbool\n")).toEqual({ help: "one\n  two", rest: "\tbool\n", lines: 2 });
  });

  it("keeps blank lines inside and drops them at the end", () => {
    expect(read("\t  one\n\n\t  two\n\nconfig A\n")).toEqual({ help: "one\n\ntwo", rest: "config A\n", lines: 4 });
  });

  it("takes the first line however it is indented", () => {
    expect(read("one\ntwo\n")).toEqual({ help: "one", rest: "two\n", lines: 1 });
  });

  it("counts a tab as up to eight columns", () => {
    expect(read("    \tone\n        two\n   three\n")).toEqual({ help: "one\ntwo", rest: "   three\n", lines: 2 });
  });
});
