import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findOnPage, indexOf, pythonIndex } from "../../src/sources/pypi.js";
import { temporaryFolder } from "../support/temporary.js";

const sha = "ab".repeat(32);
const at = "https://pypi.example/simple/x/";

describe("the index of Python packages", () => {
  it("gives a file by its SHA-256, from a page in JSON", () => {
    const page = JSON.stringify({
      files: [
        { url: "https://f.example/x-1.whl", hashes: { sha256: "0" } },
        { url: "../../f/x-1.tar.gz", hashes: { sha256: sha } },
      ],
    });
    expect(findOnPage(page, at, sha)).toBe("https://pypi.example/f/x-1.tar.gz");
    expect(findOnPage(page, at, "1")).toBeUndefined();
    expect(findOnPage('{"files": 1}', at, sha)).toBeUndefined();
    expect(findOnPage("{broken", at, sha)).toBeUndefined();
  });

  it("gives a file by its SHA-256, from a page in HTML", () => {
    const page = `<a href="../f/x-0.tar.gz#sha256=00">x</a><A data-x="1" HREF="../f/x-1.tar.gz?a=1&amp;b=2#sha256=${sha}">x</A>`;
    expect(findOnPage(page, at, sha)).toBe("https://pypi.example/simple/f/x-1.tar.gz?a=1&b=2");
    expect(findOnPage("<html></html>", at, sha)).toBeUndefined();
  });

  it("is the one that pip is configured for", async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, ".config/pip"), { recursive: true });
    await writeFile(
      join(home, ".config/pip/pip.conf"),
      "[install]\nindex-url = x\n[global]\nindex-url = https://inner/simple\n",
    );
    expect(await pythonIndex({ HOME: home })).toBe("https://inner/simple");
    expect(await pythonIndex({ HOME: home, PIP_INDEX_URL: "https://env/simple" })).toBe("https://env/simple");
    expect(indexOf("[global]\ncert = x\n")).toBeUndefined();
  });
});
