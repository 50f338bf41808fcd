import type { KernelOption, KernelPurpose } from "./types.js";

function options(purpose: KernelPurpose, builtIn: boolean, names: string): KernelOption[] {
  return names.split(" ").map((name) => ({ name: `CONFIG_${name}`, purpose, builtIn }));
}

/**
 * Kernel options that the agent, or the way that it is started, stands on.
 * `builtIn` marks those that work only as `y`; the others may be modules.
 */
export const kernelOptions: readonly KernelOption[] = [
  ...options("system", true, "BLK_DEV_INITRD RD_XZ DEVTMPFS CGROUPS TMPFS MAGIC_SYSRQ SERIAL_8250_CONSOLE VGA_CONSOLE"),
  ...options("virtual machine", true, "VIRTIO_PCI VIRTIO_NET VIRTIO_BLK SCSI_VIRTIO"),
  ...options("virtual machine", false, "E1000 E1000E"),
  ...options("network", true, "PACKET IPV6"),
  ...options("network", false, "VLAN_8021Q BONDING"),
  ...options("server network", false, "IGB IXGBE I40E ICE TIGON3 BNX2X BNXT MLX4_EN MLX5_CORE QEDE BE2NET ENIC"),
  ...options("disk", false, "BLK_DEV_NVME SATA_AHCI BLK_DEV_SD BLK_DEV_SR USB_STORAGE BLK_DEV_LOOP"),
  ...options("hardware RAID", false, "MEGARAID_SAS SCSI_MPT3SAS"),
  ...options("software RAID", false, "MD_RAID0 MD_RAID1 MD_RAID10 MD_RAID456"),
  ...options("multipath", false, "DM_MULTIPATH"),
  ...options("iSCSI boot", false, "ISCSI_IBFT ISCSI_TCP"),
  ...options("filesystem", false, "ISO9660_FS VFAT_FS EXT4_FS XFS_FS"),
  ...options("UEFI", false, "EFIVAR_FS PSTORE"),
  ...options("IPMI", false, "IPMI_HANDLER IPMI_DEVICE_INTERFACE IPMI_SI"),
];
