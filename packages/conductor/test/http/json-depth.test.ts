import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonDepth } from "../../src/http/json-depth.js";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe("jsonDepth", () => {
  it("is how deep the parsed value is nested", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(jsonDepth(JSON.stringify(value))).toBe(depthOf(value));
      }),
    );
  });

  it("needs no parser: broken and huge nesting is counted all the same", () => {
    expect(jsonDepth("[".repeat(200_000))).toBe(200_000);
    expect(jsonDepth('"[[[\\"[[[')).toBe(0);
  });
});
