import { execFileSync } from "node:child_process";
import { assert, array, property, string } from "fast-check";
import { expect, it } from "vitest";
import { quoteCommand } from "../../src/index.js";

/** What a shell makes of the line: its words, each ended by NUL. */
function words(line: string): string[] {
  return execFileSync("sh", ["-c", line], { encoding: "utf8" }).split("\0").slice(0, -1);
}

it("is read back by a shell word by word", () => {
  const word = string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0"));
  assert(
    property(array(word, { maxLength: 8 }), (args) => {
      expect(words(quoteCommand({ file: "printf", args: ["%s\\0", "first", ...args] }))).toEqual(["first", ...args]);
    }),
    { numRuns: 60 },
  );
});

it("leaves harmless words bare and quotes what a shell would read otherwise", () => {
  const args = ["-m", "1024", "user,id=net0", "a b", "it's", "", "~", "=x", "$HOME", "a\nb"];
  expect(quoteCommand({ file: "A=B", args })).toBe(
    "'A=B' -m 1024 user,id=net0 'a b' 'it'\\''s' '' '~' '=x' '$HOME' 'a\nb'",
  );
});
