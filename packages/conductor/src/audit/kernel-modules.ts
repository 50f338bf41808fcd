/** Modules of Linux whose names do not follow from their options' (the kernel's Makefiles); a dash reads as an underscore. */
const names: Readonly<Record<string, string>> = {
  BLK_DEV_LOOP: "loop",
  BLK_DEV_NVME: "nvme",
  BLK_DEV_SD: "sd_mod",
  BLK_DEV_SR: "sr_mod",
  BNXT: "bnxt_en",
  EFIVAR_FS: "efivarfs",
  EXT4_FS: "ext4",
  IPMI_DEVICE_INTERFACE: "ipmi_devintf",
  IPMI_HANDLER: "ipmi_msghandler",
  ISO9660_FS: "isofs",
  MD_RAID0: "raid0",
  MD_RAID1: "raid1",
  MD_RAID10: "raid10",
  MD_RAID456: "raid456",
  PACKET: "af_packet",
  SATA_AHCI: "ahci",
  SCSI_MPT3SAS: "mpt3sas",
  SCSI_VIRTIO: "virtio_scsi",
  TIGON3: "tg3",
  VFAT_FS: "vfat",
  VLAN_8021Q: "8021q",
  XFS_FS: "xfs",
};

/** Options that are part of the kernel itself and build no module. */
const never = /^(?:BLK_DEV_INITRD|RD_\w+|DEVTMPFS|CGROUPS|TMPFS|MAGIC_SYSRQ|\w*CONSOLE)$/;

/** The module that an option builds, with underscores; undefined where it builds none. */
export function moduleOf(option: string): string | undefined {
  const name = option.replace(/^CONFIG_/, "");
  return never.test(name) ? undefined : (names[name] ?? name.toLowerCase());
}
