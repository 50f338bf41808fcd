import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assembleRelease, ipaPreset, makeLicenceManifest, type ReleasedFile } from "../../src/index.js";
import { root } from "../support/repository.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
  mkdirSync(join(folder, "output/images"), { recursive: true });
  for (const name of ["bzImage", "rootfs.cpio.xz", "rootfs.iso9660", "rootfs.cpio"])
    writeFileSync(join(folder, "output/images", name), name);
  writeFileSync(join(folder, "output/.config"), 'BR2_x86_64=y\nBR2_IPA_BR_REQUIREMENTS_RELEASE="2026.1"\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nothing = { dependencies: [], steps: [], seconds: 0, size: 0, files: 0, cpe: undefined, ignoredCves: [] };
const report = {
  buildroot: "2026.02.3",
  packages: [
    {
      ...nothing,
      name: "a",
      version: "1",
      type: "target" as const,
      virtual: false,
      licenses: 'MIT, "own", BSD-3-Clause',
      sources: [{ name: "a-1.tar.xz", url: "https://x/a", sha256: "ab" }],
    },
    {
      ...nothing,
      name: "host-b",
      version: "2",
      type: "host" as const,
      virtual: false,
      licenses: undefined,
      sources: [{ name: "b-2.tar.xz", url: undefined, sha256: undefined }],
    },
    {
      ...nothing,
      name: "udev",
      version: undefined,
      type: "target" as const,
      virtual: true,
      licenses: undefined,
      sources: [],
    },
    {
      ...nothing,
      name: "x",
      version: "custom",
      overridden: { folder: "/home/somebody/x", recipeVersion: "4" },
      type: "target" as const,
      virtual: false,
      licenses: "MIT",
      sources: [],
    },
    { ...nothing, name: "z", version: "3", type: "target" as const, virtual: false, licenses: undefined, sources: [] },
  ],
};

function assemble(target = join(folder, "release")): Promise<readonly ReleasedFile[]> {
  return assembleRelease({
    output: join(folder, "output"),
    target,
    report,
    sbom: { bomFormat: "CycloneDX" },
    defconfig: "BR2_x86_64=y\n",
  });
}

describe("a release", () => {
  it("has images, configuration, lock, bill and licences, and sums that sha256sum accepts", async () => {
    const files = await assemble();
    const names = [
      "bzImage",
      "config",
      "defconfig",
      "ipa.iso",
      "licences.csv",
      "release.lock.json",
      "rootfs.cpio.xz",
      "sbom.cdx.json",
    ];
    expect(files.map(({ name }) => name)).toEqual(names);
    expect(readdirSync(join(folder, "release")).sort()).toEqual(["SHA256SUMS", ...names]);
    const checked = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
      cwd: join(folder, "release"),
      encoding: "utf8",
    });
    expect(checked.trim().split("\n")).toHaveLength(names.length);
    // Whoever may read the output folder may read the release.
    expect(statSync(join(folder, "release")).mode).toBe(statSync(join(folder, "output")).mode);
    expect(JSON.parse(readFileSync(join(folder, "release/release.lock.json"), "utf8"))).toMatchObject({
      buildroot: "2026.02.3",
      agent: "none",
      requirementsRelease: "2026.1",
      packages: [
        { name: "a", version: "1", sources: [{ file: "a-1.tar.xz", sha256: "ab" }] },
        { name: "host-b", version: "2", sources: [{ file: "b-2.tar.xz", sha256: null }] },
        { name: "x", version: "custom", overridden: true, sources: [] },
        { name: "z", version: "3", sources: [] },
      ],
    });
  });

  it("is the same when made again, in the place of the first", async () => {
    const first = await assemble();
    writeFileSync(join(folder, "release/stale"), "");
    expect(await assemble()).toEqual(first);
    expect(existsSync(join(folder, "release/stale"))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(["output", "release"]);
  });

  it("does not replace a folder that is none", async () => {
    mkdirSync(join(folder, "release"));
    writeFileSync(join(folder, "release/precious"), "");
    await expect(assemble()).rejects.toMatchObject({ code: "RELEASE_FOREIGN" });
    expect(readdirSync(join(folder, "release"))).toEqual(["precious"]);
  });

  it("needs kernel and ramdisk, and leaves the former one where they are missing", async () => {
    await assemble();
    rmSync(join(folder, "output/images/bzImage"));
    await expect(assemble()).rejects.toMatchObject({ code: "RELEASE_INCOMPLETE" });
    expect(existsSync(join(folder, "release/bzImage"))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["output", "release"]);
  });
});

it("the licence manifest has the image's packages, quoted as RFC 4180 says", () => {
  expect(makeLicenceManifest(report)).toBe(
    'package,version,licences,source\r\na,1,"MIT, ""own"", BSD-3-Clause",a-1.tar.xz\r\nx,custom,MIT,overridden\r\nz,3,unknown,local\r\n',
  );
});

describe("budgets", () => {
  it("grow from profile to profile", () => {
    const x86 = ipaPreset.profiles.filter(({ arch }) => arch === "x86_64").map(({ budget }) => budget.initramfs);
    expect(x86).toEqual([...x86].sort((a, b) => a - b));
    expect(ipaPreset.profiles.find(({ name }) => name === "vm")?.budget.initramfs).toBeLessThanOrEqual(60);
    expect(ipaPreset.profiles.find(({ name }) => name === "server")?.budget.initramfs).toBeLessThanOrEqual(120);
  });

  it.for(ipaPreset.profiles)(
    "the built image of profile $name keeps them",
    { timeout: 120_000 },
    ({ name, images, budget }, context) => {
      // A build of this profile: named, or the clone's own.
      const output = process.env[`IPA_BR_BUILT_${name.toUpperCase().replace("-", "_")}`] ?? join(root, "output");
      const release = join(output, "target/etc/ipa-br-release");
      const found = existsSync(release) ? /^PROFILE="(.*)"$/m.exec(readFileSync(release, "utf8"))?.[1] : undefined;
      context.skip(
        found !== name,
        `no build of profile ${name} in ${output} (IPA_BR_BUILT_${name.toUpperCase().replace("-", "_")}=<output folder>)`,
      );
      const mebibytes = (image: string): number => statSync(join(output, "images", image)).size / 2 ** 20;
      const firmware = join(output, "target/usr/lib/firmware");
      // What the firmware adds to an image is what it weighs when it is compressed like the image.
      const added = existsSync(firmware)
        ? Number(
            execFileSync("sh", ["-c", 'tar -cf - "$1" | xz -9 --check=crc32 | wc -c', "sh", firmware], {
              encoding: "utf8",
            }),
          ) /
          2 ** 20
        : 0;
      expect(mebibytes(images.kernel)).toBeLessThanOrEqual(budget.kernel);
      expect(mebibytes(images.initramfs) - added).toBeLessThanOrEqual(budget.initramfs);
    },
  );
});
