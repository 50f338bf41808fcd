import { describe, expect, it } from "vitest";
import {
  entriesOfRelease,
  parseListFile,
  parseSourcesFile,
  printEntries,
  sourceEntries,
} from "../../src/apt/source-entries.js";

const list = `# the inner mirror
deb [signed-by=/usr/share/keyrings/a.gpg arch=amd64,arm64] http://mirror.example/debian bookworm main contrib # all of it
deb http://mirror.example/debian-security bookworm-security main
deb-src http://mirror.example/debian bookworm main
deb https://other.example/apt tool-bookworm main
not a line
`;
const sources = `Types: deb deb-src
URIs: http://mirror.example/debian
# a comment
Suites: bookworm bookworm-updates bookworm-backports
Components: main
signed-by:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

describe("the machine's apt sources", () => {
  it("are read in the old form", () => {
    const entries = parseListFile(list);
    expect(entries).toHaveLength(4);
    expect(entries[0]).toEqual({
      types: ["deb"],
      uris: ["http://mirror.example/debian"],
      suites: ["bookworm"],
      components: ["main", "contrib"],
      options: { "Signed-By": "/usr/share/keyrings/a.gpg" },
    });
  });

  it("are read in the deb822 form, without those that are off, a key block as it stands", () => {
    const entries = parseSourcesFile(sources);
    expect(entries).toHaveLength(1);
    expect(entries[0]!.types).toEqual(["deb", "deb-src"]);
    expect(entries[0]!.options["Signed-By"]).toContain("\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc");
  });

  it("come back from what is written", () => {
    const entries = [...parseListFile(list), ...parseSourcesFile(sources)];
    expect(parseSourcesFile(printEntries(entries))).toEqual(entries);
  });

  it("are cut down to a release's own archive", () => {
    const own = entriesOfRelease([...parseListFile(list), ...parseSourcesFile(sources)], "bookworm");
    expect(own.map(({ types, uris, suites, components }) => [types, uris, suites, components])).toEqual([
      [["deb"], ["http://mirror.example/debian"], ["bookworm"], ["main"]],
      [["deb"], ["http://mirror.example/debian-security"], ["bookworm-security"], ["main"]],
      [["deb"], ["http://mirror.example/debian"], ["bookworm", "bookworm-updates"], ["main"]],
    ]);
  });

  it("give source packages, of other suites where the release itself is", () => {
    const own = sourceEntries(parseListFile(list), "bookworm", ["sid", "bookworm"]);
    expect(own.map(({ types, suites }) => [types, suites])).toEqual([
      [["deb-src"], ["bookworm", "sid"]],
      [["deb-src"], ["bookworm-security"]],
    ]);
  });
});
