import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { collectReport } from "../../src/report/collect.js";
import type { BuildReport } from "../../src/report/types.js";
import { parseInfo } from "../../src/show-info.js";
import { writeTree } from "../support/small-tree.js";

const sum = "a".repeat(64);

function info(name: string, more: Record<string, unknown> = {}): [string, Record<string, unknown>] {
  const version = (more["version"] as string | undefined) ?? "1.0";
  const downloads = [{ source: `${name}-${version}.tar.gz`, uris: [`https+https://src.example/${name}`] }];
  const base = { type: "target", name, version, dl_dir: name, licenses: "MIT", dependencies: [], downloads };
  return [name, { ...base, hashes: [`package/${name}.hash`], reverse_dependencies: [], ...more }];
}

/** What make would say of a small system. */
export const packages: Readonly<Record<string, unknown>> = Object.fromEntries([
  info("toolchain", { virtual: true, version: undefined, downloads: [], dependencies: ["toolchain-external-custom"] }),
  info("toolchain-external-custom", { version: "", downloads: [], licenses: "unknown" }),
  info("host-m4", { type: "host", version: "1.4.21", licenses: "GPL-3.0+" }),
  info("host-bison", { type: "host", version: "3.8", licenses: "GPL-3.0+", dependencies: ["host-m4"] }),
  info("linux", {
    version: "6.12.91",
    licenses: "GPL-2.0",
    dependencies: ["host-bison", "toolchain"],
    "cpe-id": "cpe:2.3:o:linux:linux_kernel:6.12.91:*:*:*:*:*:*:*",
  }),
  info("busybox", {
    version: "1.37.0",
    licenses: "GPL-2.0, bzip2-1.0.4",
    dependencies: ["toolchain"],
    ignore_cves: ["CVE-2022-28391"],
  }),
  info("zlib", { version: "1.3.1", licenses: "Zlib", dependencies: ["toolchain"] }),
  info("dropbear", { licenses: "MIT, BSD-2-Clause-like, <b>&odd", dependencies: ["toolchain", "zlib"] }),
  ["rootfs-cpio", { type: "rootfs", dependencies: ["busybox"], image_name: "rootfs.cpio" }],
]);

const times: readonly (readonly [string, string, number, number])[] = [
  ["toolchain-external-custom", "extract", 0, 3],
  ["host-m4", "configure", 3, 20],
  ["host-m4", "build", 20, 35],
  ["host-bison", "configure", 35, 50],
  ["host-bison", "build", 50, 80],
  ["busybox", "download", 0, 2],
  ["busybox", "build", 30, 75],
  ["zlib", "configure", 40, 42],
  ["zlib", "build", 42, 48],
  ["dropbear", "build", 48, 95],
  ["linux", "extract", 80, 95],
  ["linux", "configure", 95, 100],
  ["linux", "build", 100, 320],
  ["linux", "install-target", 320, 326],
];

function timeLog(): string {
  const lines = times.flatMap(([name, step, start, end]) => [
    { at: start, text: `start:${step.padEnd(20)}: ${name}` },
    { at: end, text: `end  :${step.padEnd(20)}: ${name}` },
  ]);
  const sorted = lines.sort((a, b) => a.at - b.at);
  return sorted.map(({ at, text }) => `${1_700_000_000 + at}.500000000:${text}\n`).join("");
}

/** An output folder as a build of that system leaves it, and its report. */
export async function builtReport(
  folder: string,
  more: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<BuildReport> {
  const output = join(folder, "out");
  await writeTree(output, {
    ".config":
      'BR2_DEFCONFIG="/srv/tree/configs/board_defconfig"\nBR2_x86_64=y\n# BR2_CCACHE is not set\nBR2_TEXT="a"\n',
    "build/build-time.log": timeLog(),
    "build/packages-file-list.txt":
      "busybox,./bin/busybox\nbusybox,./bin/sh\ndropbear,./sbin/dropbear\nzlib,./lib/libz.so\nzlib,./sbin/dropbear.old\n",
    "target/bin/busybox": "b".repeat(800_000),
    "target/sbin/dropbear": "d".repeat(300_000),
    "target/lib/libz.so": "z".repeat(90_000),
    "target/etc/motd": "hello",
    "images/rootfs.cpio": "the image",
    ...files,
  });
  const buildroot = join(folder, "buildroot");
  for (const name of Object.keys(packages)) {
    const version = (packages[name] as { version?: string }).version ?? "1.0";
    const path = join(buildroot, `package/${name}.hash`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `sha256  ${sum}  ${name}-${version}.tar.gz\n`);
  }
  return collectReport({
    tree: {
      buildroot,
      output,
      version: "2026.02.3",
      showInfo: () => Promise.resolve(parseInfo(JSON.stringify({ ...packages, ...more }))),
      images: () =>
        Promise.resolve([{ name: "rootfs.cpio", path: join(output, "images/rootfs.cpio"), size: 9, modifiedAt: 0 }]),
    },
  });
}
