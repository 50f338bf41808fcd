import { readFile } from "node:fs/promises";

/** What can be missing on a host. */
export type HostPart = "qemu-system-x86_64" | "qemu-system-aarch64" | "swtpm" | "UEFI for x86_64" | "UEFI for aarch64";

/** The package that holds each, by distribution. */
const packages: readonly {
  readonly ids: readonly string[];
  readonly command: string;
  readonly names: Readonly<Record<HostPart, string>>;
}[] = [
  {
    ids: ["debian", "ubuntu"],
    command: "apt-get install",
    names: {
      "qemu-system-x86_64": "qemu-system-x86",
      "qemu-system-aarch64": "qemu-system-arm",
      swtpm: "swtpm",
      "UEFI for x86_64": "ovmf",
      "UEFI for aarch64": "qemu-efi-aarch64",
    },
  },
  {
    ids: ["fedora", "rhel", "centos"],
    command: "dnf install",
    names: {
      "qemu-system-x86_64": "qemu-system-x86-core",
      "qemu-system-aarch64": "qemu-system-aarch64-core",
      swtpm: "swtpm",
      "UEFI for x86_64": "edk2-ovmf",
      "UEFI for aarch64": "edk2-aarch64",
    },
  },
  {
    ids: ["opensuse", "suse"],
    command: "zypper install",
    names: {
      "qemu-system-x86_64": "qemu-x86",
      "qemu-system-aarch64": "qemu-arm",
      swtpm: "swtpm",
      "UEFI for x86_64": "qemu-ovmf-x86_64",
      "UEFI for aarch64": "qemu-uefi-aarch64",
    },
  },
  {
    ids: ["arch"],
    command: "pacman -S",
    names: {
      "qemu-system-x86_64": "qemu-system-x86",
      "qemu-system-aarch64": "qemu-system-aarch64",
      swtpm: "swtpm",
      "UEFI for x86_64": "edk2-ovmf",
      "UEFI for aarch64": "edk2-aarch64",
    },
  },
  {
    ids: ["alpine"],
    command: "apk add",
    names: {
      "qemu-system-x86_64": "qemu-system-x86_64",
      "qemu-system-aarch64": "qemu-system-aarch64",
      swtpm: "swtpm",
      "UEFI for x86_64": "ovmf",
      "UEFI for aarch64": "aavmf",
    },
  },
];

/**
 * The command that installs a part on the distribution that an os-release file describes (os-release(5): ID, then
 * ID_LIKE, the closest relative first); undefined for one that is not known here.
 */
export function installCommand(osRelease: string, part: HostPart): string | undefined {
  const ids = [...osRelease.matchAll(/^(ID|ID_LIKE)=(?:"([^"]*)"|'([^']*)'|(.*))$/gm)]
    .sort(([, a = ""], [, b = ""]) => a.length - b.length)
    .flatMap((match) => (match[2] ?? match[3] ?? match[4] ?? "").trim().split(/\s+/));
  for (const id of ids) {
    const known = packages.find((entry) => entry.ids.some((name) => id === name || id.startsWith(`${name}-`)));
    if (known !== undefined) return `${known.command} ${known.names[part]}`;
  }
  return undefined;
}

/** The sentence for a hint; this host's os-release file unless given. */
export async function installHint(part: HostPart, osRelease?: string): Promise<string> {
  const content = osRelease ?? (await readFile("/etc/os-release", "utf8").catch(() => ""));
  const command = installCommand(content, part);
  return command === undefined ? `Install the package that holds ${part}.` : `Install it, as root: ${command}`;
}
