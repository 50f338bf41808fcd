import { parseOsRelease } from "../apt/os-release.js";
import type { DebianHost } from "../apt/host.js";
import { BuildrootError } from "../errors.js";

/** The GNU name of the only processor that this is done for. */
export const triple = "x86_64-linux-gnu";

/** What a toolchain is made of on a release of a distribution. */
export interface Recipe {
  /** "debian-12". */
  readonly name: string;
  /** For people: "Debian 12". */
  readonly title: string;
  readonly codename: string;
  /** The distribution's default compiler, as its packages name it. */
  readonly gcc: string;
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
}

const releases: readonly Release[] = [
  { id: "debian", versionId: "12", title: "Debian 12", codename: "bookworm", gcc: "12", tripled: false },
  { id: "debian", versionId: "13", title: "Debian 13", codename: "trixie", gcc: "14", tripled: true },
  { id: "ubuntu", versionId: "22.04", title: "Ubuntu 22.04", codename: "jammy", gcc: "11", tripled: false },
  { id: "ubuntu", versionId: "24.04", title: "Ubuntu 24.04", codename: "noble", gcc: "13", tripled: true },
];

/** The hosts that are supported, in words. */
export const supportedHosts = "Debian 12 and 13, Ubuntu 22.04 and 24.04, on x86-64";

/** The recipe for a host. Throws TOOLCHAIN_UNSUPPORTED, naming what is supported. */
export function recipeFor(host: DebianHost): Recipe {
  const { id, versionId, prettyName } = parseOsRelease(host.osRelease);
  const release = releases.find((one) => one.id === id && one.versionId === versionId);
  if (release !== undefined && host.machine === "x86_64") {
    const { title, codename, gcc } = release;
    return { name: `${id}-${versionId}`, title, codename, gcc, packages: packagesOf(release) };
  }
  const found = release === undefined ? prettyName : `${prettyName} on ${host.machine}`;
  throw new BuildrootError("TOOLCHAIN_UNSUPPORTED", `The compiler of ${found} cannot be laid out as a toolchain.`, {
    hint: `Supported are ${supportedHosts}. Elsewhere let Buildroot build its own toolchain, or take one of BR2_TOOLCHAIN_EXTERNAL_BOOTLIN's.`,
    details: { id, versionId, machine: host.machine },
  });
}

function packagesOf({ gcc, tripled }: Release): string[] {
  const suffix = tripled ? `-${triple.replace("_", "-")}` : "";
  return [
    ...["gcc", "g++", "cpp"].map((name) => `${name}-${gcc}${suffix}`),
    `libgcc-${gcc}-dev`,
    `libstdc++-${gcc}-dev`,
    ...["libc6", "libc6-dev", "linux-libc-dev", "libgcc-s1", "libstdc++6"],
    ...["libcrypt1", "libcrypt-dev", "libatomic1", "libgomp1"],
  ];
}

/** The package that a file of an archive is of: "gcc-12_12.2.0-14_amd64.deb" is "gcc-12". */
export function packageOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf("_")));
}
