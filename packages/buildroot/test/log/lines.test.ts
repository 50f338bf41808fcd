import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, plainLine } from "../../src/log/lines.js";

function split(...pieces: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return lines;
}

describe("plainLine", () => {
  it.each([
    ["\u001b[7m>>> busybox 1.37.0 Building\u001b[27m", ">>> busybox 1.37.0 Building"],
    ["\u001b[1m\u001b[31merror:\u001b[0m x\u001b(B\u001b[m", "error: x"],
    ["\u001b]0;title\u0007text", "text"],
    ["tab\tstays", "tab\tstays"],
    ["windows\r", "windows"],
    ["  1%\r 50%\r100%", "100%"],
    ["a\u0000b\u000f", "ab"],
  ])("%j becomes %j", (line, plain) => {
    expect(plainLine(line)).toBe(plain);
  });
});

describe("LineSplitter", () => {
  it("gives the same lines wherever the text is cut", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", " ", "\u001b[1m", ">") });
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.map((one) => `${one}\n`).join("");
        const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(split(...pieces)).toEqual(lines.map(plainLine));
      }),
    );
  });

  it("keeps a last line without a line break, and empty ones", () => {
    expect(split("a\n\nb")).toEqual(["a", "", "b"]);
    expect(split("a\n")).toEqual(["a"]);
  });

  it("cuts a line that never ends, and goes on with the next", () => {
    const lines = split(...Array.from({ length: 300 }, () => "x".repeat(1000)), "\nnext\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toHaveLength(64 * 1024);
    expect(lines[1]).toBe("next");
  });

  it("forgets the earlier states of a line that is redrawn for ever", () => {
    const lines = split(...Array.from({ length: 5000 }, (_, index) => `${index}% of some file\r`), "done\n");
    expect(lines).toEqual(["done"]);
  });
});
