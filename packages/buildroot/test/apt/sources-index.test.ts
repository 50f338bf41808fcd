import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveOfList, type IndexedFile, SourcesIndexReader, upstreamKey } from "../../src/apt/sources-index.js";

const sha = (digit: string) => digit.repeat(64);
const index = `Package: foo
Files:
 ${"0".repeat(32)} 10 foo_1.orig.tar.gz
Directory: pool/main/f/foo
Checksums-Sha256:
 ${sha("1")} 10 foo_1.orig.tar.gz
 ${sha("2")} 20 foo_1-1.debian.tar.xz
Package-List:
 ${sha("1")} nonsense here

Package: bar
Checksums-Sha256:
 ${sha("3")} 5 bar_2.orig.tar.xz
Directory: pool/main/b/bar`;

function read(pieces: readonly string[], sums: readonly string[], names: readonly string[] = []): IndexedFile[] {
  const found: IndexedFile[] = [];
  const wanted = { sums: new Set(sums), names: new Map(names.map((name) => [upstreamKey(name)!, name])) };
  const reader = new SourcesIndexReader(wanted, (file) => found.push(file));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

describe("SourcesIndexReader", () => {
  it("finds files by their sum, wherever in the paragraph the folder stands", () => {
    expect(read([index], [sha("1"), sha("3"), sha("4")])).toEqual([
      { wanted: sha("1"), path: "pool/main/f/foo/foo_1.orig.tar.gz" },
      { wanted: sha("3"), path: "pool/main/b/bar/bar_2.orig.tar.xz" },
    ]);
  });

  it.each([
    ["foo-1.tar.gz", "foo_1.orig.tar.gz"],
    ["foo1.tar.gz", "foo_1.orig.tar.gz"],
    ["foo_1.tgz", "foo_1.orig.tar.gz"],
    ["Foo-1.tar.gz", "foo_1.orig.tar.gz"],
    ["data-code2025b.tar.gz", "data_2025b.orig-code.tar.gz"],
    ["code2025b.tar.gz", "data_2025b.orig-code.tar.gz"],
  ])("finds %s by its name, which the archive has as %s", (name, inArchive) => {
    const text = `Checksums-Sha256:\n ${sha("7")} 10 ${inArchive}\nDirectory: pool/x\n`;
    expect(read([text], [], [name])).toEqual([{ wanted: name, path: `pool/x/${inArchive}` }]);
  });

  it.each([
    ["another version", "foo-1.tar.gz", "foo_11.orig.tar.gz"],
    ["another way to pack", "foo-1.tar.gz", "foo_1.orig.tar.xz"],
    ["what Debian has repacked", "foo-1.tar.gz", "foo_1+dfsg.orig.tar.gz"],
    ["Debian's own files", "foo-1.tar.gz", "foo_1-1.debian.tar.gz"],
    ["another package", "foo-1.tar.gz", "libfoo_1.orig.tar.gz"],
    ["a component under the whole's name", "data2025b.tar.gz", "data_2025b.orig-code.tar.gz"],
    ["what moves a dot", "foo-1.11.tar.gz", "foo_11.1.orig.tar.gz"],
  ])("takes %s for no candidate", (_what, name, inArchive) => {
    const text = `Checksums-Sha256:\n ${sha("7")} 10 ${inArchive}\nDirectory: pool/x\n`;
    expect(read([text], [], [name])).toEqual([]);
  });

  it("does not mind how the text is cut", () => {
    const wanted = [sha("1"), sha("2"), sha("3")];
    const whole = read([index], wanted);
    fc.assert(
      fc.property(fc.array(fc.nat(index.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), index.length];
        const pieces = at.slice(1).map((end, piece) => index.slice(at[piece], end));
        expect(read(pieces, wanted)).toEqual(whole);
      }),
    );
  });
});

describe("archiveOfList", () => {
  const entry = { types: ["deb-src"], components: ["main"], options: {} };
  const entries = [
    { ...entry, uris: ["http://deb.example/debian/"], suites: ["bookworm", "sid"] },
    { ...entry, uris: ["https://user:word@inner.example/a_b/debian-security"], suites: ["bookworm-security"] },
    { ...entry, uris: ["file:///srv/mirror"], suites: ["x"] },
  ];

  it.each([
    ["deb.example_debian_dists_sid_main_source_Sources.lz4", "http://deb.example/debian"],
    [
      "inner.example_a%5fb_debian-security_dists_bookworm-security_main_source_Sources",
      "https://user:word@inner.example/a_b/debian-security",
    ],
    ["_srv_mirror_dists_x_main_source_Sources", "file:///srv/mirror"],
    ["deb.example_debian_dists_trixie_main_source_Sources", undefined],
  ])("%s", (list, root) => {
    expect(archiveOfList(list, entries)).toBe(root);
  });
});
