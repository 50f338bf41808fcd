import type { Tier, Tool } from "./types.js";

const utilLinux = "BR2_PACKAGE_UTIL_LINUX_BINARIES";
const coreutils = "BR2_PACKAGE_COREUTILS";

/** Rows of: symbols, then the executables that they bring. */
function tools(tier: Tier, rows: readonly (readonly [readonly string[], readonly string[]])[]): Tool[] {
  return rows.flatMap(([symbols, names]) => names.map((name) => ({ name, tier, symbols })));
}

/**
 * Executables that the Ironic Python Agent runs, and the Buildroot symbols that bring them.
 * Source: the calls in ironic-python-agent 12.0.0; the symbols are those of Buildroot 2026.02.3.
 */
export const agentTools: readonly Tool[] = [
  ...tools("boot", [
    [["BR2_PACKAGE_SYSTEMD"], ["udevadm"]],
    [["BR2_PACKAGE_LSHW"], ["lshw"]],
    [[utilLinux], ["lscpu"]],
  ]),
  { name: "lsblk", tier: "boot", symbols: [utilLinux], busyboxLacks: "--json", note: "with --json" },

  ...tools("boot-tolerated", [
    [["BR2_PACKAGE_IPROUTE2"], ["ip"]],
    [["BR2_PACKAGE_KMOD", "BR2_PACKAGE_KMOD_TOOLS"], ["modprobe"]],
    [["BR2_PACKAGE_OPEN_ISCSI"], ["iscsistart"]],
    [["BR2_PACKAGE_MDADM"], ["mdadm"]],
    [["BR2_PACKAGE_MULTIPATH_TOOLS"], ["multipath", "multipathd"]],
    [["BR2_PACKAGE_BIOSDEVNAME"], ["biosdevname"]],
    [["BR2_PACKAGE_WHICH"], ["which"]],
    [["BR2_PACKAGE_GAWK"], ["awk"]],
    [["BR2_PACKAGE_CHRONY"], ["chronyd", "chronyc"]],
  ]),
  {
    name: "ipmitool",
    tier: "boot-tolerated",
    symbols: ["BR2_PACKAGE_IPMITOOL"],
    note: "called only where the kernel offers /dev/ipmi*",
  },

  ...tools("reboot", [
    [["BR2_PACKAGE_SYSTEMD"], ["poweroff", "reboot"]],
    [[coreutils], ["sync"]],
    [[utilLinux], ["blockdev"]],
  ]),
  {
    name: "hwclock",
    tier: "reboot",
    symbols: ["BR2_PACKAGE_UTIL_LINUX_HWCLOCK"],
    note: "a missing one ends the step with an uncaught OSError",
  },

  ...tools("deploy", [
    [["BR2_PACKAGE_PYTHON3"], ["python3"]],
    [[coreutils], ["env", "chroot"]],
    [["BR2_PACKAGE_GPTFDISK", "BR2_PACKAGE_GPTFDISK_SGDISK"], ["sgdisk"]],
    [["BR2_PACKAGE_PARTED"], ["parted", "partprobe"]],
    [["BR2_PACKAGE_UTIL_LINUX_PARTX"], ["partx"]],
    [["BR2_PACKAGE_PSMISC"], ["fuser"]],
    [["BR2_PACKAGE_DOSFSTOOLS", "BR2_PACKAGE_DOSFSTOOLS_MKFS_FAT"], ["mkfs.vfat"]],
    [["BR2_PACKAGE_E2FSPROGS"], ["mkfs.ext4"]],
    [["BR2_PACKAGE_XFSPROGS"], ["mkfs.xfs"]],
    [[utilLinux], ["hexdump", "blkid", "findfs", "mkswap"]],
    [["BR2_PACKAGE_UTIL_LINUX_WIPEFS"], ["wipefs"]],
    [["BR2_PACKAGE_UTIL_LINUX_MOUNT"], ["mount", "umount"]],
    [["BR2_PACKAGE_FILE"], ["file"]],
    [["BR2_PACKAGE_EFIBOOTMGR"], ["efibootmgr"]],
  ]),
  {
    name: "qemu-img",
    tier: "deploy",
    symbols: ["BR2_PACKAGE_QEMU", "BR2_PACKAGE_QEMU_TOOLS"],
    note: "run through python3 -m oslo_concurrency.prlimit and env",
  },
  { name: "dd", tier: "deploy", symbols: [coreutils], note: "with oflag=direct" },

  ...tools("clean", [
    [["BR2_PACKAGE_NVME"], ["nvme"]],
    [["BR2_PACKAGE_HDPARM"], ["hdparm"]],
    [["BR2_PACKAGE_SMARTMONTOOLS"], ["smartctl"]],
  ]),
  { name: "shred", tier: "clean", symbols: [coreutils], busyboxLacks: "long options", note: "with long options" },

  ...tools("optional", [
    [["BR2_PACKAGE_DMIDECODE"], ["dmidecode"]],
    [["BR2_PACKAGE_STRESS_NG"], ["stress-ng"]],
    [["BR2_PACKAGE_FIO"], ["fio"]],
    [["BR2_PACKAGE_SYSTEMD"], ["journalctl"]],
    [["BR2_PACKAGE_PCIUTILS"], ["lspci"]],
    [[coreutils], ["df"]],
    [[utilLinux], ["dmesg"]],
    [["BR2_PACKAGE_IPTABLES"], ["iptables"]],
    [["BR2_PACKAGE_PROCPS_NG"], ["ps"]],
    [["BR2_PACKAGE_PODMAN"], ["podman"]],
  ]),
  { name: "mstflint", tier: "optional", symbols: [], note: "Buildroot has no package of it" },
];
