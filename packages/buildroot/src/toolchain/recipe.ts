import { parseOsRelease } from "../apt/os-release.js";
import type { DebianHost } from "../apt/host.js";
import { BuildrootError } from "../errors.js";
import { type Target, type ToolchainArchitecture, targets } from "./target.js";

/** What a toolchain is made of on a release of a distribution. */
export interface Recipe {
  /** "debian-12", "debian-12-aarch64". */
  readonly name: string;
  /** For people: "Debian 12". */
  readonly title: string;
  readonly codename: string;
  /** The distribution's default compiler, as its packages name it. */
  readonly gcc: string;
  readonly target: Target;
  readonly archives: readonly ArchivePart[];
}

/** Packages of one architecture. */
export interface ArchivePart {
  /** By Debian's name: "amd64". */
  readonly architecture: string;
  readonly packages: readonly string[];
}

interface Release {
  readonly id: string;
  readonly versionId: string;
  readonly title: string;
  readonly codename: string;
  readonly gcc: string;
  /** Since gcc 13 the programs stand in packages with the triple in their names. */
  readonly tripled: boolean;
  /** Other processors for which the archive has compilers, and the libraries beside its amd64 packages. */
  readonly cross: readonly ToolchainArchitecture[];
}

const releases: readonly Release[] = [
  {
    id: "debian",
    versionId: "12",
    title: "Debian 12",
    codename: "bookworm",
    gcc: "12",
    tripled: false,
    cross: ["aarch64"],
  },
  {
    id: "debian",
    versionId: "13",
    title: "Debian 13",
    codename: "trixie",
    gcc: "14",
    tripled: true,
    cross: ["aarch64"],
  },
  // Ubuntu keeps arm64 in an archive of its own (ports.ubuntu.com), which an x86-64 machine's apt does not name.
  { id: "ubuntu", versionId: "22.04", title: "Ubuntu 22.04", codename: "jammy", gcc: "11", tripled: false, cross: [] },
  { id: "ubuntu", versionId: "24.04", title: "Ubuntu 24.04", codename: "noble", gcc: "13", tripled: true, cross: [] },
];

/** The hosts that are supported, in words. */
const supportedHosts: Readonly<Record<ToolchainArchitecture, string>> = {
  x86_64: "Debian 12 and 13, Ubuntu 22.04 and 24.04, on x86-64",
  aarch64: "Debian 12 and 13 on x86-64",
};

/** The recipe for a host. Throws TOOLCHAIN_UNSUPPORTED, naming what is supported. */
export function recipeFor(host: DebianHost, architecture: ToolchainArchitecture = "x86_64"): Recipe {
  if (!Object.hasOwn(targets, architecture)) {
    throw new BuildrootError("TOOLCHAIN_UNSUPPORTED", `There is no toolchain for ${String(architecture)}.`, {
      hint: `There are those for ${Object.keys(targets).join(" and ")}.`,
      details: { architecture },
    });
  }
  const { id, versionId, prettyName } = parseOsRelease(host.osRelease);
  const release = releases.find((one) => one.id === id && one.versionId === versionId);
  const native = architecture === "x86_64";
  if (release !== undefined && host.machine === "x86_64" && (native || release.cross.includes(architecture))) {
    const { title, codename, gcc } = release;
    const target = targets[architecture];
    const name = native ? `${id}-${versionId}` : `${id}-${versionId}-${architecture}`;
    const archives = native ? nativeParts(release, target) : crossParts(release, target);
    return { name, title, codename, gcc, target, archives };
  }
  const found = release === undefined || host.machine === "x86_64" ? prettyName : `${prettyName} on ${host.machine}`;
  const compiler = native ? "The compiler" : `The ${architecture} compiler`;
  throw new BuildrootError("TOOLCHAIN_UNSUPPORTED", `${compiler} of ${found} cannot be laid out as a toolchain.`, {
    hint: `Supported are ${supportedHosts[architecture]}. Elsewhere let Buildroot build its own toolchain, or take one of BR2_TOOLCHAIN_EXTERNAL_BOOTLIN's.`,
    details: { id, versionId, machine: host.machine, architecture },
  });
}

function nativeParts(release: Release, { debian, triple }: Target): ArchivePart[] {
  const suffix = release.tripled ? `-${triple.replace("_", "-")}` : "";
  return [{ architecture: debian, packages: [...compilerPackages(release, suffix), ...targetPackages(release)] }];
}

/** The libraries are the target's own and not those of Debian's cross packages, which get no security updates. */
function crossParts(release: Release, { debian, triple }: Target): ArchivePart[] {
  const packages = [...compilerPackages(release, `-${triple}`), `binutils-${triple}`];
  return [
    { architecture: targets.x86_64.debian, packages },
    { architecture: debian, packages: targetPackages(release) },
  ];
}

function compilerPackages({ gcc }: Release, suffix: string): string[] {
  return ["gcc", "g++", "cpp"].map((name) => `${name}-${gcc}${suffix}`);
}

function targetPackages({ gcc }: Release): string[] {
  return [
    ...[`libgcc-${gcc}-dev`, `libstdc++-${gcc}-dev`],
    ...["libc6", "libc6-dev", "linux-libc-dev", "libgcc-s1", "libstdc++6"],
    ...["libcrypt1", "libcrypt-dev", "libatomic1", "libgomp1"],
  ];
}

/** The package that a file of an archive is of: "gcc-12_12.2.0-14_amd64.deb" is "gcc-12". */
export function packageOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf("_")));
}
