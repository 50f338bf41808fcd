import { locateExternalTree } from "./external-tree.js";
import { profiles } from "./profiles.js";
import type { Preset } from "./types.js";

/** The OpenStack Ironic Python Agent ramdisk. */
export const ipaPreset: Preset = {
  name: "ipa",
  description: "OpenStack Ironic Python Agent ramdisk for x86-64 and 64-bit Arm",
  get externalTree(): string {
    return locateExternalTree();
  },
  defaultDefconfig: "openstack_ipa_defconfig",
  buildroot: {
    version: "2026.02.3",
    commit: "679b9ead7620bbf193620d1ebf56f53c1764d37a",
    repository: "https://gitlab.com/buildroot.org/buildroot.git",
  },
  profiles,
  images: { kernel: "bzImage", initramfs: "rootfs.cpio.xz" },
  machines: {
    x86_64: {
      kernel: "bzImage",
      kernelArguments: ["console=tty0", "console=ttyS0,115200n8", "no_timer_check"],
      nic: "e1000",
    },
    aarch64: { kernel: "Image", kernelArguments: ["console=ttyAMA0,115200n8"], nic: "virtio-net-pci" },
  },
  login: { user: "root", password: undefined },
  memoryMiB: 1024,
};
