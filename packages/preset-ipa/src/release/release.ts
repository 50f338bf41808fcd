import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BuildReport, Sbom } from "@ipa-br/buildroot";
import { PresetError } from "../errors.js";
import { makeLicenceManifest } from "./licences.js";

export interface ReleaseOptions {
  /** Buildroot's output folder, built. */
  readonly output: string;
  /** The folder to make; one that is there is replaced. */
  readonly target: string;
  /** What `collectReport` tells of the build. */
  readonly report: Pick<BuildReport, "buildroot" | "packages">;
  /** What `createSbom` makes of the report. */
  readonly sbom: Sbom;
  /** The minimal defconfig, as savedefconfig writes it. */
  readonly defconfig: string;
  readonly signal?: AbortSignal;
}

export interface ReleasedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** Files of the images folder, and what they are called in a release. */
const images: readonly (readonly [image: string, name: string])[] = [
  ["bzImage", "bzImage"],
  ["Image", "Image"],
  ["rootfs.cpio.xz", "rootfs.cpio.xz"],
  ["rootfs.iso9660", "ipa.iso"],
];

/**
 * Puts everything that leaves the building into one folder: kernel, ramdisk, ISO where there is one, the configuration, a
 * lock of the sources, a bill of materials, a manifest of the licences, and SHA256SUMS over all of them. A folder of that
 * name is replaced only when the new one is complete.
 *
 * @throws PresetError RELEASE_INCOMPLETE where kernel or ramdisk are missing, RELEASE_FOREIGN where the folder is no release
 */
export async function assembleRelease(options: ReleaseOptions): Promise<readonly ReleasedFile[]> {
  const target = resolve(options.target);
  await refuseForeign(target);
  await mkdir(dirname(target), { recursive: true });
  const hidden = await mkdtemp(join(dirname(target), ".release-"));
  // What mkdtemp makes only its owner may open; a release is to be served.
  const work = join(hidden, "release");
  try {
    await mkdir(work);
    const names = await copyImages(options, work);
    for (const [name, text] of await documents(options)) {
      await writeFile(join(work, name), text);
      names.push(name);
    }
    const files: ReleasedFile[] = [];
    for (const name of names.sort()) {
      options.signal?.throwIfAborted();
      files.push({ name, size: (await stat(join(work, name))).size, sha256: await digest(join(work, name)) });
    }
    await writeFile(join(work, "SHA256SUMS"), files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""));
    await rm(target, { recursive: true, force: true });
    await rename(work, target);
    return files;
  } finally {
    await rm(hidden, { recursive: true, force: true });
  }
}

async function refuseForeign(target: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  const release = await stat(join(target, "release.lock.json")).catch(() => undefined);
  if (there === undefined || release !== undefined) return;
  throw new PresetError("RELEASE_FOREIGN", `${target} is there and is no release`, {
    hint: "name another folder, or remove that one",
    details: { target },
  });
}

async function copyImages({ output, signal }: ReleaseOptions, work: string): Promise<string[]> {
  const copied: string[] = [];
  for (const [image, name] of images) {
    signal?.throwIfAborted();
    const found = await copyFile(join(output, "images", image), join(work, name)).then(
      () => true,
      () => false,
    );
    if (found) copied.push(name);
  }
  const missing = [/Image$/, /^rootfs\.cpio\.xz$/].filter((pattern) => !copied.some((name) => pattern.test(name)));
  if (missing.length === 0) return copied;
  throw new PresetError("RELEASE_INCOMPLETE", `${join(output, "images")} lacks the kernel or rootfs.cpio.xz`, {
    hint: "ipa-br build",
    details: { output, copied },
  });
}

async function documents(options: ReleaseOptions): Promise<readonly (readonly [name: string, text: string])[]> {
  const { output, report, sbom, defconfig } = options;
  const config = await readFile(join(output, ".config"), "utf8");
  const text = (symbol: string): string => new RegExp(`^${symbol}="(.*)"$`, "m").exec(config)?.[1] ?? "none";
  const lock = {
    format: 1,
    buildroot: report.buildroot,
    agent: text("BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_REPORTED_VERSION"),
    requirementsRelease: text("BR2_IPA_BR_REQUIREMENTS_RELEASE"),
    defconfigSha256: createHash("sha256").update(defconfig).digest("hex"),
    packages: report.packages
      .filter(({ virtual }) => !virtual)
      .map(({ name, version, overridden, sources }) => ({
        name,
        version: version ?? null,
        ...(overridden === undefined ? {} : { overridden: true }),
        sources: sources.map((source) => ({ file: source.name, sha256: source.sha256 ?? null })),
      })),
  };
  return [
    ["config", config],
    ["defconfig", defconfig],
    ["release.lock.json", `${JSON.stringify(lock, undefined, 2)}\n`],
    ["sbom.cdx.json", `${JSON.stringify(sbom, undefined, 2)}\n`],
    ["licences.csv", makeLicenceManifest(report)],
  ];
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
