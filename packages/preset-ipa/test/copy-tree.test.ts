import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tree } from "./support/repository.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const copy = join(packageFolder, "tree");

interface Entry {
  readonly executable: boolean;
  readonly text: string;
}

function contents(folder: string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory() || entry.name === ".gitkeep") continue;
    const path = join(entry.parentPath, entry.name);
    found.set(relative(folder, path), {
      executable: (statSync(path).mode & 0o111) !== 0,
      text: readFileSync(path, "utf8"),
    });
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("the copy of the external tree", () => {
  execFileSync(process.execPath, [join(packageFolder, "scripts/copy-tree.mjs")]);

  it("has every file of the repository's, and nothing else", () => {
    expect(contents(copy)).toEqual(contents(tree));
  });

  it("keeps its executables executable when packed: pnpm asks for their names", () => {
    const { publishConfig } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
      publishConfig: { executableFiles: string[] };
    };
    const executables = [...contents(copy)].filter(([, entry]) => entry.executable).map(([path]) => `./tree/${path}`);
    expect(publishConfig.executableFiles).toEqual(executables);
  });
});
