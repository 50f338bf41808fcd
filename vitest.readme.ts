import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { describe, expect, it, vi } from "vitest";

/**
 * Declares a test for each `ts` fence of a README: it must run, and what it prints with `console.log(...); // text` must be that text.
 * @param folder the URL of the README's folder; the examples import what that folder can import
 */
export function testReadmeExamples(folder: URL): void {
  const home = fileURLToPath(folder);
  const text = readFileSync(join(home, "README.md"), "utf8");
  const examples = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => ({
    code: match[1]!,
    line: text.slice(0, match.index).split("\n").length,
  }));

  describe("README.md", () => {
    it("has examples", () => {
      expect(examples.length).toBeGreaterThan(0);
    });

    it.each(examples)("the example in line $line runs and prints what it says", async ({ code, line }) => {
      const work = join(home, ".cache");
      const file = join(work, `readme-${line}.ts`);
      mkdirSync(work, { recursive: true });
      writeFileSync(file, code);
      const printed: string[] = [];
      const log = vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(format(...values)));
      try {
        await import(/* @vite-ignore */ file);
      } finally {
        log.mockRestore();
        rmSync(file);
      }
      const said = [...code.matchAll(/^\s*console\.log\(.*\);[ \t]*\/\/ (.*)$/gm)].map((match) => match[1]!);
      expect(printed).toEqual(said);
    });
  });
}
