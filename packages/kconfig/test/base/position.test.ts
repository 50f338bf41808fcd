import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../src/index.js";
import { DiagnosticSink } from "../../src/base/diagnostics.js";
import { LineTable } from "../../src/base/position.js";

describe("LineTable", () => {
  it("turns offsets into lines and columns", () => {
    const table = new LineTable("ab\r\ncd\n\nx");
    expect(table.position(0)).toEqual({ offset: 0, line: 1, column: 1 });
    expect(table.position(5)).toEqual({ offset: 5, line: 2, column: 2 });
    expect(table.position(8)).toEqual({ offset: 8, line: 4, column: 1 });
    expect(table.position(99)).toEqual({ offset: 9, line: 4, column: 2 });
  });

  it("gives lines without their ends", () => {
    const table = new LineTable("ab\r\ncd\n\nx");
    expect([1, 2, 3, 4, 5].map((line) => table.line(line))).toEqual(["ab", "cd", "", "x", ""]);
  });
});

describe("formatDiagnostic", () => {
  it("shows place, line, caret and hint", () => {
    const sink = new DiagnosticSink("config A\n\tbol\n", "Config.in");
    sink.error("invalid-option", 10, "unknown option", "Did you mean bool?");
    expect(formatDiagnostic(sink.diagnostics[0]!)).toBe(
      "Config.in:2:2: error: unknown option [invalid-option]\n    \tbol\n    \t^\n    hint: Did you mean bool?",
    );
  });
});
