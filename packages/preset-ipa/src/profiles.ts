import type { Profile } from "./types.js";

const images = { kernel: "bzImage", initramfs: "rootfs.cpio.xz" };

/** The images of the external tree, smallest first. */
export const profiles: readonly Profile[] = [
  {
    name: "vm",
    description: "virtual machines: virtio, e1000, AHCI, NVMe; no firmware",
    arch: "x86_64",
    defconfig: "openstack_ipa_vm_defconfig",
    images,
    budget: { initramfs: 60, kernel: 14 },
  },
  {
    name: "server",
    description: "servers: their network cards with firmware, RAID controllers, Fibre Channel, BMCs",
    arch: "x86_64",
    defconfig: "openstack_ipa_defconfig",
    images,
    budget: { initramfs: 120, kernel: 14 },
  },
  {
    name: "full",
    description: "the server profile, firmware of rarer hardware, and the tools of burn-in and of diagnosis",
    arch: "x86_64",
    defconfig: "openstack_ipa_full_defconfig",
    images,
    budget: { initramfs: 140, kernel: 14 },
  },
  {
    name: "aarch64-vm",
    description: "virtual machines of 64-bit Arm",
    arch: "aarch64",
    defconfig: "openstack_ipa_aarch64_vm_defconfig",
    images: { kernel: "Image", initramfs: "rootfs.cpio.xz" },
    budget: { initramfs: 60, kernel: 40 },
  },
];
