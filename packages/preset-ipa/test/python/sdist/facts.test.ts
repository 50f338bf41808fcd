import { describe, expect, it } from "vitest";
import { readSourceDistribution } from "../../../src/python/sdist/facts.js";
import { readTarball } from "../../../src/python/sdist/tar.js";
import { licences, makeTarball } from "../support/sdist.js";

const known = { name: "some-thing", version: "1.0", file: "some_thing-1.0.tar.gz", site: "https://x/y", sha256: "0" };

function facts(files: Readonly<Record<string, string>>): ReturnType<typeof readSourceDistribution> {
  return readSourceDistribution(makeTarball("some_thing-1.0", files), known);
}

describe.for(["gnu", "pax", "ustar"])("a tar archive of format %s", (format) => {
  it("gives its regular files, long names and empty files among them", () => {
    const long = `a${"/folder-with-a-name".repeat(format === "ustar" ? 5 : 14)}/file.txt`;
    const files = { [long]: "long", empty: "", "b/c.txt": "x".repeat(1500) };
    const read = readTarball(makeTarball("top-1", files, `--format=${format}`));
    expect(Object.fromEntries([...read].map(([path, data]) => [path, new TextDecoder().decode(data)]))).toEqual(files);
  });
});

describe("readSourceDistribution", () => {
  it("reads the metadata, without what only extras require", () => {
    const read = facts({
      "PKG-INFO": `Metadata-Version: 2.4
Name: Some.Thing
Summary: Does things
Project-URL: Source, https://example.org/git
Project-URL: Homepage, https://example.org/
Requires-Python: >=3.10
License-File: LICENSE
License-File: AUTHORS
Requires-Dist: zebra>=1
Requires-Dist: Apple; python_version < "3.9"
Requires-Dist: pytest; extra == "test"

Requires-Dist: not-a-header
`,
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling", # why\n  "hatch-vcs"]\nbuild-backend = "hatchling.build"\n',
      LICENSE: licences.bsd3,
      AUTHORS: "us",
    });
    expect(read).toMatchObject({
      title: "Some.Thing",
      summary: "Does things",
      homepage: "https://example.org/",
      requiresPython: ">=3.10",
      requires: ['Apple; python_version < "3.9"', "zebra>=1"],
      build: { backend: "hatchling.build", requires: ["hatchling", "hatch-vcs"], inTree: false },
      licence: "BSD-3-Clause",
    });
    expect(read.licenceFiles.map(({ path }) => path)).toEqual(["LICENSE"]);
  });

  it("takes pbr's requirements.txt where PKG-INFO has none, and setup.py's own needs", () => {
    const read = facts({
      "PKG-INFO": "Name: some-thing\nLicense: UNKNOWN\nHome-page: https://example.org\n",
      "setup.py": "import setuptools\nsetuptools.setup(setup_requires=['pbr>=2.0.0'], pbr=True)\n",
      "requirements.txt": "# comment\nwrapt>=1.7.0 # BSD License\n",
      LICENSE: licences.apache,
    });
    expect(read).toMatchObject({
      requires: ["wrapt>=1.7.0"],
      build: { backend: "setuptools.build_meta", requires: ["pbr>=2.0.0"] },
      licence: "Apache-2.0",
    });
  });

  it.for([
    ["License-Expression: MIT OR Apache-2.0\n", licences.bsd3, "MIT OR Apache-2.0"],
    ["License: Apache 2.0\n", "see elsewhere", "Apache-2.0"],
    ["Classifier: License :: OSI Approved :: Apache Software License\n", "see elsewhere", "Apache-2.0"],
    ["License: BSD\n", "see elsewhere", "BSD"],
    ["", licences.mit, "MIT"],
  ] as const)("%j and a text that begins %j is licence %3$s", ([header, text, expected]) => {
    expect(facts({ "PKG-INFO": `Name: x\n${header}\n`, COPYING: text }).licence).toBe(expected);
  });
});
