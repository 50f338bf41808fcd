import { describe, expect, it } from "vitest";
import { publicSite, sourceDistributions, versionOfFile } from "../../src/python/index-page.js";

const sum = "ab".repeat(32);
const path = `packages/aa/bb/${"c".repeat(60)}`;

describe("a project's page", () => {
  it("gives source distributions with their sums, from JSON", () => {
    const page = JSON.stringify({
      files: [
        { filename: "x-1.0.tar.gz", url: `../../${path}/x-1.0.tar.gz`, hashes: { sha256: sum }, yanked: false },
        { filename: "x-1.0-py3-none-any.whl", url: "x.whl", hashes: { sha256: sum } },
        { filename: "x-0.9.tar.gz", url: "x-0.9.tar.gz", hashes: { sha256: sum }, yanked: "broken" },
        { filename: "x-0.8.tar.gz", url: "x-0.8.tar.gz", hashes: {} },
      ],
    });
    expect(sourceDistributions(page, "https://mirror.example/simple/x/")).toEqual([
      { file: "x-1.0.tar.gz", url: `https://mirror.example/${path}/x-1.0.tar.gz`, sha256: sum },
    ]);
  });

  it("gives the same from HTML", () => {
    const page = `<html><a href="../../${path}/x-1.0.tar.gz#sha256=${sum}">x-1.0.tar.gz</a>
<a href="x-0.9.tar.gz#sha256=${sum}" data-yanked="">x-0.9.tar.gz</a> <a href="x-0.8.tar.gz">x</a> <a name="top">`;
    expect(sourceDistributions(page, "https://mirror.example/simple/x/")).toEqual([
      { file: "x-1.0.tar.gz", url: `https://mirror.example/${path}/x-1.0.tar.gz`, sha256: sum },
    ]);
  });
});

it("a mirror's file is named by the address that everybody reaches", () => {
  expect(publicSite(`http://mirror.local:8080/pypi/${path}/x-1.0.tar.gz`, "x")).toBe(
    `https://files.pythonhosted.org/${path}`,
  );
  expect(publicSite("http://mirror.local/x-1.0.tar.gz", "x")).toBe(
    "https://files.pythonhosted.org/packages/source/x/x",
  );
});

it("a file's version is what follows the last dash", () => {
  expect(["oslo_config-10.3.0.tar.gz", "python-dateutil-2.9.0.post0.tar.gz", "x.zip"].map(versionOfFile)).toEqual([
    "10.3.0",
    "2.9.0.post0",
    undefined,
  ]);
});
