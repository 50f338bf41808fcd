import { link } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSbom, diffReports, loadReport, renderReport } from "../../src/index.js";
import { parseBuildTimes } from "../../src/report/build-times.js";
import { splitLicences } from "../../src/report/licences.js";
import { treemap } from "../../src/report/page/treemap.js";
import { rejection } from "../support/errors.js";
import { jsonValidator } from "../support/json-schema.js";
import { env } from "../support/programs.js";
import { writeTree } from "../support/small-tree.js";
import { temporaryFolder } from "../support/temporary.js";
import { builtReport, packages } from "./support.js";

/** CycloneDX's own schema of version 1.6, as its JavaScript library ships it. */
function validator(): (document: unknown) => string[] {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve("@cyclonedx/cyclonedx-library/package.json")), "res/schema");
  const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
  const ajv = jsonValidator();
  for (const name of ["jsf-0.82.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json"])
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}`);
  const validate = ajv.compile(read("bom-1.6.SNAPSHOT.schema.json"));
  return (document) => {
    validate(document);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

describe("parseBuildTimes", () => {
  it("takes each step as it went last, in parallel too, and leaves out what has no end", () => {
    const { steps, startedAt, endedAt } = parseBuildTimes(`100.5:start:extract             : a
101.5:start:build               : host-b
102.5:end  :extract             : a
103.0:start:build               : a
110.0:start:build               : a
112.0:end  :build               : a
113.0:end  :build               : host-b
noise
114.0:end  :install             : never-begun
`);
    expect(Object.fromEntries(steps)).toEqual({
      a: [
        { step: "extract", start: 0, seconds: 2 },
        { step: "build", start: 9.5, seconds: 2 },
      ],
      "host-b": [{ step: "build", start: 1, seconds: 11.5 }],
    });
    expect([startedAt, endedAt]).toEqual([100_500, 113_000]);
    expect(parseBuildTimes("").startedAt).toBeUndefined();
  });
});

describe("collectReport", () => {
  it("has times, the critical path, sizes, sources and images", async () => {
    const folder = await temporaryFolder();
    const report = await builtReport(folder);
    expect(report).toMatchObject({
      version: 1,
      buildroot: "2026.02.3",
      defconfig: "board_defconfig",
      wallSeconds: 326,
    });
    expect(report.criticalPath).toEqual(["host-m4", "host-bison", "linux"]);
    expect(report.criticalSeconds).toBe(32 + 45 + 246);
    expect([report.targetSize, report.unattributedSize]).toEqual([1_190_005, 5]);
    expect(report.packages.map(({ name }) => name)).not.toContain("rootfs-cpio");
    expect(report.packages.find(({ name }) => name === "busybox")).toMatchObject({
      size: 800_000,
      files: 1,
      seconds: 47,
      ignoredCves: ["CVE-2022-28391"],
      sources: [
        {
          name: "busybox-1.37.0.tar.gz",
          url: "https://src.example/busybox/busybox-1.37.0.tar.gz",
          sha256: "a".repeat(64),
        },
      ],
    });
    expect(report.images).toEqual([{ name: "rootfs.cpio", size: 9, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it("counts a file with two names once, and makes do with a folder in which nothing was built", async () => {
    const folder = await temporaryFolder();
    await builtReport(folder);
    await link(join(folder, "out/target/bin/busybox"), join(folder, "out/target/bin/sh"));
    expect((await builtReport(folder)).targetSize).toBe(1_190_005);
    const empty = await builtReport(await temporaryFolder(), {}, { "build/build-time.log": "" });
    expect(empty).toMatchObject({ wallSeconds: 0, criticalPath: [], criticalSeconds: 0 });
  });
});

describe("createSbom", () => {
  it("is valid CycloneDX 1.6, the same each time, with what the image is made of", async () => {
    const report = await builtReport(await temporaryFolder());
    const errorsOf = validator();
    const sbom = createSbom(report);
    expect(errorsOf(sbom)).toEqual([]);
    expect(errorsOf(createSbom(report, { host: true }))).toEqual([]);
    expect(errorsOf({ ...sbom, specVersion: 16 })).not.toEqual([]);
    expect(createSbom(report)).toEqual(sbom);
    const components = sbom["components"] as Record<string, unknown>[];
    expect(components.map(({ name }) => name)).toEqual([
      "busybox",
      "dropbear",
      "linux",
      "toolchain-external-custom",
      "zlib",
    ]);
    expect(components[0]).toMatchObject({
      version: "1.37.0",
      licenses: [{ license: { id: "GPL-2.0" } }, { license: { name: "bzip2-1.0.4" } }],
      purl: expect.stringMatching(/^pkg:generic\/busybox@1\.37\.0\?checksum=sha256:a{64}&download_url=https%3A/),
      hashes: [{ alg: "SHA-256", content: "a".repeat(64) }],
    });
    expect(components[2]).toMatchObject({ type: "operating-system", cpe: expect.stringContaining("linux_kernel") });
    expect(sbom["dependencies"]).toContainEqual({
      ref: "dropbear@1.0",
      dependsOn: ["toolchain-external-custom", "zlib@1.3.1"],
    });
    expect(sbom["vulnerabilities"]).toMatchObject([{ id: "CVE-2022-28391", affects: [{ ref: "busybox@1.37.0" }] }]);
  });
});

describe("an overridden package", () => {
  const busybox = {
    ...(packages["busybox"] as object),
    stamp_dir: "build/busybox-custom",
    "cpe-id": "cpe:2.3:a:busybox:busybox:custom:-:*:*:*:*:*:*",
  };

  it("is not taken for the version of its makefile, in the report, the SBOM and the page", async () => {
    const report = await builtReport(await temporaryFolder(), { busybox });
    expect(report.packages.find(({ name }) => name === "busybox")).toMatchObject({
      version: "custom",
      overridden: { folder: undefined, recipeVersion: "1.37.0" },
      sources: [],
      cpe: undefined,
      ignoredCves: [],
      licenses: "GPL-2.0, bzip2-1.0.4",
    });
    const sbom = createSbom(report);
    expect(validator()(sbom)).toEqual([]);
    const [component] = sbom["components"] as Record<string, unknown>[];
    expect(component).toEqual({
      type: "library",
      "bom-ref": "busybox@custom",
      name: "busybox",
      version: "custom",
      scope: "required",
      licenses: [{ license: { id: "GPL-2.0" } }, { license: { name: "bzip2-1.0.4" } }],
      properties: [
        { name: "buildroot:overridden", value: "true" },
        { name: "buildroot:recipe-version", value: "1.37.0" },
      ],
    });
    expect(sbom["vulnerabilities"]).toBeUndefined();
    const [before] = diffReports(await builtReport(await temporaryFolder()), report).packages;
    expect(before).toMatchObject({ name: "busybox", before: { version: "1.37.0" }, after: { version: "custom" } });
    expect(renderReport(report, sbom)).toContain(">overridden, not 1.37.0</td>");
  });
});

describe("splitLicences", () => {
  it.each([
    ["GPL-2.0+ (programs), LGPL-2.1+ (library, headers)", ["GPL-2.0+", "LGPL-2.1+"]],
    ["BSD-3-Clause or MIT", ["BSD-3-Clause or MIT"]],
    ["MIT, MIT (tests)", ["MIT"]],
    [undefined, []],
    ["odd ) one (open, two", ["odd one"]],
  ])("%s", (text, expected) => expect(splitLicences(text)).toEqual(expected));
});

describe("treemap", () => {
  it("fills the rectangle with areas in proportion", () => {
    const items = [6, 6, 4, 3, 2, 2, 1, 0].map((size) => ({ size }));
    const tiles = treemap(items, 600, 400);
    expect(tiles).toHaveLength(7);
    for (const { item, x, y, width, height } of tiles) {
      expect(width * height).toBeCloseTo((item.size / 24) * 240_000, 3);
      expect(x >= -1e-6 && y >= -1e-6 && x + width <= 600.001 && y + height <= 400.001).toBe(true);
    }
    expect(treemap([], 10, 10)).toEqual([]);
  });
});

describe("diffReports", () => {
  it("finds what differs in images, packages, configuration and licences, and nothing else", async () => {
    const before = await builtReport(await temporaryFolder());
    expect(diffReports(before, before)).toEqual({
      images: [],
      targetSize: { before: 1_190_005, after: 1_190_005 },
      packages: [],
      config: [],
      licences: [],
    });
    const more = { zlib: { ...(packages["zlib"] as object), version: "1.3.2", licenses: "Zlib, Apache-2.0" } };
    const after = await builtReport(await temporaryFolder(), more, {
      "target/bin/busybox": "b".repeat(700_000),
      ".config": 'BR2_x86_64=y\nBR2_CCACHE=y\n# BR2_NEW is not set\nBR2_TEXT="b"\n',
      "images/rootfs.cpio": "another image",
    });
    const difference = diffReports(before, after);
    expect(difference.packages).toEqual([
      { name: "busybox", before: { version: "1.37.0", size: 800_000 }, after: { version: "1.37.0", size: 700_000 } },
      { name: "zlib", before: { version: "1.3.1", size: 90_000 }, after: { version: "1.3.2", size: 90_000 } },
    ]);
    expect(difference.config.map(({ name }) => name)).toEqual(["BR2_CCACHE", "BR2_DEFCONFIG", "BR2_TEXT"]);
    expect(difference.licences).toEqual([{ name: "Apache-2.0", before: undefined, after: ["zlib"] }]);
    expect(difference.images).toHaveLength(1);
  });
});

describe("loadReport", () => {
  it("reads a file, and says what is none", async () => {
    const folder = await temporaryFolder();
    const report = await builtReport(folder);
    await writeTree(folder, { "a.json": JSON.stringify(report), "b.json": "{}", "c.json": "no" });
    expect(await loadReport(join(folder, "a.json"), { env })).toEqual(report);
    for (const name of ["b.json", "c.json", "none", "out"]) {
      expect((await rejection(loadReport(join(folder, name), { env }))).code).toBe("REPORT_INVALID");
    }
  });
});
