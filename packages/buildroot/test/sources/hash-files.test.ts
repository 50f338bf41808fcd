import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { strongHash } from "../../src/sources/hash.js";
import { parseHashFile, readHashFiles } from "../../src/sources/hash-files.js";
import { parseInfo } from "../../src/show-info.js";
import { temporaryFolder } from "../support/temporary.js";

const sha = (digit: string) => digit.repeat(64);

describe(".hash files", () => {
  it("are read line by line, comments and nonsense left out", () => {
    const text = `# From http://example.org
sha256  ${sha("A")}  foo-1.tar.gz
md5\t${"b".repeat(32)} foo-1.tar.gz

sha256 abc foo-1.tar.gz
sha3 ${sha("c")} foo-1.tar.gz
none xxx foo-1.tar.gz
sha1  ${"d".repeat(40)}  COPYING
`;
    expect(parseHashFile(text)).toEqual([
      { algorithm: "sha256", value: sha("a"), file: "foo-1.tar.gz" },
      { algorithm: "md5", value: "b".repeat(32), file: "foo-1.tar.gz" },
      { algorithm: "sha1", value: "d".repeat(40), file: "COPYING" },
    ]);
  });

  it("are read where show-info says, below the tree and elsewhere", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "package/foo"), { recursive: true });
    await writeFile(join(folder, "package/foo/foo.hash"), `sha256 ${sha("1")} foo.tar`);
    await writeFile(join(folder, "own.hash"), `sha256 ${sha("2")} bar.tar\n`);
    const info = parseInfo(
      JSON.stringify({
        foo: { type: "target", hashes: ["package/foo/foo.hash", join(folder, "own.hash"), "gone.hash"] },
      }),
    );
    const table = await readHashFiles(info, folder);
    expect([...table.values()].map((lines) => lines.map(({ file }) => file))).toEqual([["foo.tar"], ["bar.tar"], []]);
  });
});

describe("strongHash", () => {
  it("prefers SHA-256, takes other strong ones, and trusts no weak one", () => {
    const hash = (algorithm: "md5" | "sha1" | "sha256" | "sha512") => ({ algorithm, value: "0" });
    expect(strongHash([hash("sha512"), hash("sha256")])?.algorithm).toBe("sha256");
    expect(strongHash([hash("md5"), hash("sha512")])?.algorithm).toBe("sha512");
    expect(strongHash([hash("md5"), hash("sha1")])).toBeUndefined();
  });
});
