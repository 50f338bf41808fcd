import { parseOsRelease } from "../apt/os-release.js";
import type { PackageManager } from "./types.js";

const managers: Readonly<Record<string, PackageManager>> = {
  debian: "apt",
  ubuntu: "apt",
  fedora: "dnf",
  rhel: "dnf",
  centos: "dnf",
  opensuse: "zypper",
  "opensuse-leap": "zypper",
  "opensuse-tumbleweed": "zypper",
  suse: "zypper",
  sles: "zypper",
  arch: "pacman",
  alpine: "apk",
};

export interface Distribution {
  readonly name: string;
  readonly manager: PackageManager | undefined;
}

/** The distribution that os-release names, or the one that it says it is like. */
export function findDistribution(osRelease: string): Distribution {
  const { id, prettyName } = parseOsRelease(osRelease);
  const like = /^ID_LIKE=["']?([^"'\n]*)/m.exec(osRelease)?.[1]?.split(/\s+/) ?? [];
  const known = [id, ...like].find((name) => managers[name] !== undefined);
  return { name: prettyName, manager: known === undefined ? undefined : managers[known] };
}

const install: Readonly<Record<PackageManager, readonly string[]>> = {
  apt: ["apt-get", "install", "--yes"],
  dnf: ["dnf", "install", "--assumeyes"],
  zypper: ["zypper", "--non-interactive", "install"],
  pacman: ["pacman", "-S", "--needed", "--noconfirm"],
  apk: ["apk", "add"],
};

/** The words that install packages; `sudo` before them for a user who is not root. */
export function installCommand(manager: PackageManager, packages: readonly string[], uid: number): readonly string[] {
  return [...(uid === 0 ? [] : ["sudo"]), ...install[manager], ...packages];
}
