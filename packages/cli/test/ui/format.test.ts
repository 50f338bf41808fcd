import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBytes, formatSeconds, formatTable, quoteForShell } from "../../src/ui/format.js";

describe("formatSeconds", () => {
  it.each([
    [0, "0.0 s"],
    [59.94, "59.9 s"],
    [59.96, "1 min 00 s"],
    [125, "2 min 05 s"],
    [3599.7, "1 h 00 min"],
    [7380, "2 h 03 min"],
  ])("%d is %s", (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe("formatBytes", () => {
  it.each([
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [8_283_750, "7.9 MiB"],
    [5 * 1024 ** 4, "5.0 TiB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("formatTable", () => {
  it("aligns columns and leaves no space at the end of a line", () => {
    expect(
      formatTable([
        ["a", "1"],
        ["long", ""],
      ]),
    ).toBe("a     1\nlong");
  });
});

describe("quoteForShell", () => {
  it("is read back by a POSIX shell as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const value = text.replaceAll("\0", "");
        // the closing dot keeps what $() would strip
        const read = execFileSync("sh", ["-c", `printf '%s.' ${quoteForShell(value)}`], { encoding: "utf8" });
        expect(read).toBe(`${Buffer.from(value).toString()}.`);
      }),
      { numRuns: 50 },
    );
  });
});
