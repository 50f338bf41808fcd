import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { testReadmeExamples } from "../../../vitest.readme.js";

const home = new URL("..", import.meta.url);

testReadmeExamples(home);

describe("README.md's error table", () => {
  it("has a row for each code, in order", async () => {
    const readme = await readFile(new URL("README.md", home), "utf8");
    const source = await readFile(new URL("src/errors.ts", home), "utf8");
    const codes = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map((match) => match[1]);
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` /gm)].map((match) => match[1]);
    expect(rows).toEqual(codes);
  });
});
