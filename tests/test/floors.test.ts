import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "./support/documents.js";

// ARCHITECTURE.md lists each package's floors, lowest first: `package: a b | c | d`. A name is a folder or a file of src/.
const architecture = readFileSync(join(repository, "ARCHITECTURE.md"), "utf8");
const fence = /^```floors\n(.*?)^```/ms.exec(architecture)?.[1] ?? "";
const packages = fence
  .replaceAll(/\n\s+/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => {
    const [name, floors] = line.split(/:\s+/);
    return { name: name!, floors: floors!.split("|").map((floor) => floor.trim().split(/\s+/)) };
  });

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
}

/** A file's name in the list: its folder below src/, or its own name. */
const place = (file: string) => (file.includes("/") ? file.split("/")[0]! : file.replace(/\.ts$/, ""));

describe("ARCHITECTURE.md's floors", () => {
  it("are those of every package", () => {
    expect(packages.map(({ name }) => name).sort()).toEqual(readdirSync(join(repository, "packages")).sort());
  });

  it.each(packages)("$name: every source has a floor, every name a source", ({ name, floors }) => {
    const places = new Set(sources(join(repository, "packages", name, "src")).map(place));
    expect([...places].sort()).toEqual(floors.flat().sort());
  });

  it.each(packages)("$name: a file imports from its own floor and those below", ({ name, floors }) => {
    const folder = join(repository, "packages", name, "src");
    const floorOf = (file: string) => floors.findIndex((floor) => floor.includes(place(file)));
    const upward: string[] = [];
    for (const file of sources(folder)) {
      const text = readFileSync(join(folder, file), "utf8");
      for (const [, target] of text.matchAll(/^(?:import|export)\b[^;]*?from "(\.[^"]+)\.js";/gm)) {
        const imported = relative(folder, resolve(folder, dirname(file), `${target}.ts`));
        if (floorOf(imported) > floorOf(file)) upward.push(`${file} imports ${imported}`);
      }
    }
    expect(upward).toEqual([]);
  });
});
