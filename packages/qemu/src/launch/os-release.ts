import type { Architecture } from "../types.js";

/** The package that holds `qemu-system-*`, by distribution. */
const packages: readonly {
  readonly ids: readonly string[];
  readonly command: string;
  readonly names: Readonly<Record<Architecture, string>>;
}[] = [
  {
    ids: ["debian", "ubuntu"],
    command: "apt-get install",
    names: { x86_64: "qemu-system-x86", aarch64: "qemu-system-arm" },
  },
  {
    ids: ["fedora", "rhel", "centos"],
    command: "dnf install",
    names: { x86_64: "qemu-system-x86-core", aarch64: "qemu-system-aarch64-core" },
  },
  {
    ids: ["opensuse", "suse"],
    command: "zypper install",
    names: { x86_64: "qemu-x86", aarch64: "qemu-arm" },
  },
  {
    ids: ["arch"],
    command: "pacman -S",
    names: { x86_64: "qemu-system-x86", aarch64: "qemu-system-aarch64" },
  },
  {
    ids: ["alpine"],
    command: "apk add",
    names: { x86_64: "qemu-system-x86_64", aarch64: "qemu-system-aarch64" },
  },
];

/**
 * The command that installs QEMU on the distribution that an os-release file describes (os-release(5): ID, then
 * ID_LIKE, the closest relative first); undefined for one that is not known here.
 */
export function installCommand(osRelease: string, arch: Architecture): string | undefined {
  const ids = [...osRelease.matchAll(/^(ID|ID_LIKE)=(?:"([^"]*)"|'([^']*)'|(.*))$/gm)]
    .sort(([, a = ""], [, b = ""]) => a.length - b.length)
    .flatMap((match) => (match[2] ?? match[3] ?? match[4] ?? "").trim().split(/\s+/));
  for (const id of ids) {
    const known = packages.find((entry) => entry.ids.some((name) => id === name || id.startsWith(`${name}-`)));
    if (known !== undefined) return `${known.command} ${known.names[arch]}`;
  }
  return undefined;
}
