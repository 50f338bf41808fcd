import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { documents, repository } from "./support/documents.js";

const all = documents();

describe("every document", () => {
  it("is found", () => {
    expect(all.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]),
    );
  });

  it.each(all)("$path links to files that exist", ({ path, text }) => {
    const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1]!)
      .filter((target) => !/^[a-z]+:/.test(target));
    const broken = targets.filter((target) => !existsSync(join(repository, dirname(path), target)));
    expect(broken).toEqual([]);
  });

  it.each(all)("$path names no npm script that the workspace lacks", async ({ text }) => {
    const { default: manifest } = (await import("../../package.json", { with: { type: "json" } })) as {
      default: { scripts: Record<string, string> };
    };
    const named = [...text.matchAll(/\bnpm (?:run )?(start|test|[a-z][a-z:-]+)(?=[\s`)]|$)/gm)]
      .filter((match) => match[0].startsWith("npm run") || ["start", "test"].includes(match[1]!))
      .map((match) => match[1]!);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});
