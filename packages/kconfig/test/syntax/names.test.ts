import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addToHash, Names } from "../../src/syntax/names.js";

const hashOf = (word: string): number => [...word].reduce((hash, letter) => addToHash(hash, letter.charCodeAt(0)), 0);

describe("Names", () => {
  it("cuts the word that is written, wherever it stands and whatever was cut before", { timeout: 60_000 }, () => {
    // two letters of which many words have the same hash: "aB" and "b#" are 31 apart and next to each other
    const word = fc.oneof(fc.stringMatching(/^(aB|b#|C_){1,4}$/), fc.stringMatching(/^[A-Z0-9_]{1,12}$/));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 600 }), fc.string({ maxLength: 3 }), (words, before) => {
        const names = new Names();
        for (const text of [...words, ...words]) {
          const line = `${before}${text} more`;
          const end = before.length + text.length;
          expect(names.cut(line, before.length, end, hashOf(text))).toBe(text);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("keeps words of one hash apart", () => {
    const names = new Names();
    expect(hashOf("aB")).toBe(hashOf("b#"));
    const cut = (text: string): string => names.cut(text, 0, 2, hashOf(text));
    expect([cut("aB"), cut("b#"), cut("aB"), cut("b#")]).toEqual(["aB", "b#", "aB", "b#"]);
  });
});
