import { describe, expect, it } from "vitest";
import { parseInfo } from "../../src/show-info.js";
import type { PackageInfo } from "../../src/types.js";
import type { HashLine } from "../../src/sources/hash-files.js";
import { planSources, type PlanSourcesOptions } from "../../src/sources/plan.js";

const sha = (digit: string) => digit.repeat(64);
const python = "https://files.pythonhosted.org/packages/5f/a4/98b9";

const info = parseInfo(
  JSON.stringify({
    foo: {
      type: "target",
      version: "1",
      dl_dir: "foo",
      hashes: ["package/foo/foo.hash"],
      downloads: [
        {
          source: "foo-1+x.tar.gz",
          uris: [
            "https|urlencode+https://primary.example/dl/foo",
            "https|urlencode+https://primary.example/dl",
            "https+https://foo.example/releases",
            "https|urlencode+https://backup.example/foo",
            "https|urlencode+https://backup.example",
          ],
        },
      ],
    },
    "host-foo": {
      type: "host",
      version: "1",
      dl_dir: "foo",
      hashes: ["package/foo/foo.hash", "/patches/foo/foo.hash"],
      downloads: [{ source: "foo-1+x.tar.gz", uris: ["https+https://foo.example/releases"] }],
    },
    "host-python-my-lib": {
      type: "host",
      version: "2.0",
      dl_dir: "python-my-lib",
      hashes: ["package/python-my-lib/python-my-lib.hash"],
      downloads: [{ source: "My_Lib-2.0.tar.gz", uris: [`https+${python}`] }],
    },
    tool: {
      type: "target",
      version: "abc",
      dl_dir: "tool",
      hashes: [],
      downloads: [{ source: "tool-abc-git4.tar.gz", uris: ["git+https://git.example/tool.git"] }],
    },
    m4: {
      type: "host",
      version: "1",
      stamp_dir: "build/host-m4-custom",
      dl_dir: "m4",
      downloads: [{ source: "m4.tar" }],
    },
    virtual: { type: "target", virtual: true },
  }),
);
const hashes = new Map<string, readonly HashLine[]>([
  [
    "package/foo/foo.hash",
    [
      { algorithm: "sha256", value: sha("1"), file: "foo-1+x.tar.gz" },
      { algorithm: "sha256", value: sha("9"), file: "COPYING" },
    ],
  ],
  ["/patches/foo/foo.hash", [{ algorithm: "sha512", value: "2".repeat(128), file: "foo-1+x.tar.gz" }]],
  ["package/python-my-lib/python-my-lib.hash", [{ algorithm: "sha256", value: sha("3"), file: "My_Lib-2.0.tar.gz" }]],
]);
const options: PlanSourcesOptions = {
  info,
  hashes,
  dlDir: "/dl",
  mirrors: ["/mirror"],
  sites: { primary: "https://primary.example/dl", backup: "https://backup.example" },
  debian: new Map([[sha("1"), ["http://deb.example/debian/pool/foo_1.orig.tar.gz"]]]),
  pypi: "https://pypi.example/simple/",
};

describe("planSources", () => {
  const { files, overridden } = planSources(options);
  const byName = (name: string) => files.find((file) => file.name === name)!;

  it("names each file once, and none of a package whose source is overridden", () => {
    expect(files.map(({ name, packages }) => [name, packages])).toEqual([
      ["My_Lib-2.0.tar.gz", ["host-python-my-lib"]],
      ["foo-1+x.tar.gz", ["foo", "host-foo"]],
      ["tool-abc-git4.tar.gz", ["tool"]],
    ]);
    expect(overridden).toEqual([{ package: "m4", folder: undefined, recipeVersion: "1" }]);
  });

  it("has a file without a SHA-256 from the archive by its name, as one that has to prove what it is", () => {
    const table = new Map(hashes).set("package/foo/foo.hash", [
      { algorithm: "sha512", value: "4".repeat(128), file: "foo-1+x.tar.gz" },
    ]);
    const debian = new Map([["foo-1+x.tar.gz", ["http://deb.example/foo_1.orig.tar.gz"]]]);
    const found = planSources({ ...options, hashes: table, debian }).files.find(({ name }) => name.startsWith("foo"))!;
    expect(found.places.filter(({ kind }) => kind === "debian")).toEqual([
      { kind: "debian", url: "http://deb.example/foo_1.orig.tar.gz", byName: true },
    ]);
    const kinds = planSources({ ...options, hashes: table, debian, primaryOnly: true }).files.flatMap((file) =>
      file.places.map(({ kind }) => kind),
    );
    expect(kinds).not.toContain("debian");
  });

  it("takes hashes from every .hash file, those for that file only", () => {
    expect(byName("foo-1+x.tar.gz").hashes).toEqual([
      { algorithm: "sha256", value: sha("1") },
      { algorithm: "sha512", value: "2".repeat(128) },
    ]);
  });

  it("lists the places in order, each once", () => {
    expect(byName("foo-1+x.tar.gz").places).toEqual([
      { kind: "download", url: "file:///dl/foo-1+x.tar.gz" },
      { kind: "mirror", url: "file:///mirror/foo/foo-1+x.tar.gz" },
      { kind: "mirror", url: "file:///mirror/foo-1+x.tar.gz" },
      { kind: "primary", url: "https://primary.example/dl/foo/foo-1%2Bx.tar.gz" },
      { kind: "primary", url: "https://primary.example/dl/foo-1%2Bx.tar.gz" },
      { kind: "upstream", url: "https://foo.example/releases/foo-1+x.tar.gz" },
      { kind: "debian", url: "http://deb.example/debian/pool/foo_1.orig.tar.gz" },
      { kind: "backup", url: "https://backup.example/foo/foo-1%2Bx.tar.gz" },
      { kind: "backup", url: "https://backup.example/foo-1%2Bx.tar.gz" },
    ]);
  });

  it("looks for a Python package in the index under its canonical name", () => {
    expect(byName("My_Lib-2.0.tar.gz").places.slice(-2)).toEqual([
      { kind: "upstream", url: `${python}/My_Lib-2.0.tar.gz` },
      { kind: "pypi", url: "https://pypi.example/simple/my-lib/" },
    ]);
  });

  it("asks the index for a Python package that upstream hosts elsewhere, and not for an external tree's", () => {
    const elsewhere = (packageDir: string, dependencies: readonly string[]): readonly string[] => {
      const uris = ["https+https://github.example/releases", "https|urlencode+https://backup.example/meson"];
      const one: PackageInfo = {
        ...info["foo"]!,
        name: "meson",
        dlDir: "meson",
        downloads: [{ source: "meson-1.10.1.tar.gz", uris }],
        hashFiles: ["meson.hash"],
        packageDir,
        dependencies,
      };
      const table = new Map([
        ["meson.hash", [{ algorithm: "sha256" as const, value: sha("7"), file: "meson-1.10.1.tar.gz" }]],
      ]);
      return planSources({ ...options, hashes: table, info: { meson: one } }).files[0]!.places.map(({ url }) => url);
    };
    const page = "https://pypi.example/simple/meson/";
    expect(elsewhere("package/meson", ["host-python3"]).slice(-2)).toEqual([
      page,
      "https://backup.example/meson/meson-1.10.1.tar.gz",
    ]);
    expect(elsewhere("/company/package/secret", ["host-python3"])).not.toContain(page);
    expect(elsewhere("package/meson", ["host-ninja"])).not.toContain(page);
  });

  it("says which files only make can fetch", () => {
    expect(byName("tool-abc-git4.tar.gz")).toMatchObject({ hashes: [], methods: ["git"] });
  });

  it("asks nobody beside the primary site where the configuration says so", () => {
    const only = planSources({ ...options, primaryOnly: true });
    const kinds = only.files.flatMap(({ places }) => places.map(({ kind }) => kind));
    expect(kinds).not.toContain("debian");
    expect(kinds).not.toContain("pypi");
  });
});
