import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]!);
const entries = { "": "index", "/conf": "conf", "/parser": "parser", "/node": "node" };

describe("README", () => {
  let folder: string;
  beforeAll(() => {
    const reports = fileURLToPath(new URL("../reports", import.meta.url));
    mkdirSync(reports, { recursive: true });
    folder = mkdtempSync(join(reports, "readme-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has examples", () => expect(examples.length).toBeGreaterThan(3));

  for (const [index, example] of examples.entries()) {
    it(`runs example ${index + 1}: ${example.split("\n").find((line) => line.includes("= ")) ?? ""}`, async () => {
      const source = example.replace(
        /"@ipa-br\/kconfig(\/\w+)?"/g,
        (_, entry: "/conf" | "/parser" | "/node" | undefined) =>
          JSON.stringify(fileURLToPath(new URL(`../src/${entries[entry ?? ""]}.ts`, import.meta.url))),
      );
      const path = join(folder, `example-${index}.ts`);
      writeFileSync(path, source);
      await expect(import(pathToFileURL(path).href)).resolves.toBeDefined();
    });
  }
});
