import { expect, it } from "vitest";
import { machineCommand, type Machine, quoteCommand } from "../../src/index.js";

/** Each case: why it is here, the description, the command line in words. */
const cases: readonly (readonly [why: string, machine: Machine, accel: "kvm" | "tcg", words: string])[] = [
  [
    "the least that is a machine",
    { arch: "x86_64" },
    "tcg",
    "-machine pc -accel tcg -cpu max -m 1024 -smp 1 -display none -monitor none -serial stdio",
  ],
  [
    "the manual flow's line: kernel, initramfs, e1000, user networking",
    {
      arch: "x86_64",
      kernel: "out/bzImage",
      initrd: "out/rootfs.cpio.xz",
      append: "console=ttyS0",
      nics: [{ mac: "52:54:00:aa:bb:cc", forwards: [{ hostPort: 9999, guestPort: 9999 }] }],
      reboot: false,
    },
    "kvm",
    "-machine pc -accel kvm -cpu host -m 1024 -smp 1 -display none -monitor none -serial stdio -no-reboot " +
      "-kernel out/bzImage -initrd out/rootfs.cpio.xz -append console=ttyS0 " +
      "-netdev user,id=net0,hostfwd=tcp:127.0.0.1:9999-:9999 " +
      "-device e1000,id=net0,netdev=net0,mac=52:54:00:aa:bb:cc,romfile=",
  ],
  [
    "q35 with every bus, UEFI, a file for the serial port, and words of one's own at the end",
    {
      arch: "x86_64",
      type: "q35",
      memory: 2048,
      cpus: 2,
      cpu: "Nehalem",
      firmware: { uefiCode: "CODE.fd", uefiVariables: "VARS.fd" },
      serial: { file: "serial.log" },
      nics: [{}, { id: "lan", model: "virtio-net-pci", isolated: true }],
      drives: [
        { file: "a.img" },
        { file: "b.qcow2", format: "qcow2", bus: "nvme", throwAway: true, sectorSize: 4096 },
        { file: "c.img", bus: "sata", serial: "S1" },
        { file: "d.img", bus: "scsi", id: "data", readOnly: true },
        { file: "e.iso", bus: "cdrom" },
      ],
      extraArguments: ["-rtc", "base=utc"],
    },
    "tcg",
    "-machine q35 -accel tcg -cpu Nehalem -m 2048 -smp 2 -display none -monitor none -serial file:serial.log " +
      "-drive if=pflash,format=raw,read-only=on,file=CODE.fd -drive if=pflash,format=raw,snapshot=on,file=VARS.fd " +
      "-netdev user,id=net0 -device e1000,id=net0,netdev=net0 " +
      "-netdev user,id=lan,restrict=on -device virtio-net-pci,id=lan,netdev=lan " +
      "-device ahci,id=ipa-br-sata -device virtio-scsi-pci,id=ipa-br-scsi " +
      "-drive if=none,id=disk0,file=a.img,format=raw -device virtio-blk-pci,id=disk0,drive=disk0 " +
      "-drive if=none,id=disk1,file=b.qcow2,format=qcow2,snapshot=on " +
      "-device nvme,id=disk1,drive=disk1,serial=disk1,logical_block_size=4096,physical_block_size=4096 " +
      "-drive if=none,id=disk2,file=c.img,format=raw -device ide-hd,bus=ipa-br-sata.0,id=disk2,drive=disk2,serial=S1 " +
      "-drive if=none,id=data,file=d.img,format=raw,read-only=on -device scsi-hd,bus=ipa-br-scsi.0,id=data,drive=data " +
      "-drive if=none,id=disk4,file=e.iso,format=raw,read-only=on -device ide-cd,bus=ipa-br-sata.1,id=disk4,drive=disk4 " +
      "-rtc base=utc",
  ],
  [
    "microvm has no PCI: its devices hang on virtio's MMIO bus",
    { arch: "x86_64", type: "microvm", kernel: "k", nics: [{}], drives: [{ file: "d" }], serial: { socket: "s" } },
    "tcg",
    "-machine microvm,acpi=off -accel tcg -cpu max -m 1024 -smp 1 -display none -monitor none " +
      "-serial unix:s,server=on,wait=off -kernel k -netdev user,id=net0 -device virtio-net-device,id=net0,netdev=net0 " +
      "-drive if=none,id=disk0,file=d,format=raw -device virtio-blk-device,id=disk0,drive=disk0",
  ],
  [
    "aarch64 virt",
    { arch: "aarch64", kernel: "Image", nics: [{}], drives: [{ file: "x.iso", bus: "cdrom" }] },
    "tcg",
    "-machine virt,gic-version=max -accel tcg -cpu max,pauth-impdef=on -m 1024 -smp 1 -display none -monitor none -serial stdio " +
      "-kernel Image -netdev user,id=net0 -device virtio-net-pci,id=net0,netdev=net0,romfile= " +
      "-device virtio-scsi-pci,id=ipa-br-scsi " +
      "-drive if=none,id=disk0,file=x.iso,format=raw,read-only=on -device scsi-cd,bus=ipa-br-scsi.0,id=disk0,drive=disk0",
  ],
];

const extras: typeof cases = [
  [
    "a TPM, a guest agent, a screen, ports for later, an order to boot in",
    {
      arch: "x86_64",
      type: "q35",
      tpm: { interface: "crb" },
      guestAgent: true,
      screen: true,
      hotplugPorts: 2,
      nics: [{ bootIndex: 1 }],
      drives: [{ file: "a.iso", bus: "cdrom", bootIndex: 0 }],
    },
    "tcg",
    "-machine q35 -accel tcg -cpu max -m 1024 -smp 1 -display none -monitor none -serial stdio " +
      "-netdev user,id=net0 -device e1000,id=net0,netdev=net0,bootindex=1 -device ahci,id=ipa-br-sata " +
      "-drive if=none,id=disk0,file=a.iso,format=raw,read-only=on " +
      "-device ide-cd,bus=ipa-br-sata.0,id=disk0,drive=disk0,bootindex=0 " +
      "-chardev socket,id=ipa-br-tpm,path=run/tpm.sock -tpmdev emulator,id=ipa-br-tpm,chardev=ipa-br-tpm " +
      "-device tpm-crb,tpmdev=ipa-br-tpm " +
      "-chardev socket,id=ipa-br-agent,path=run/agent.sock,server=on,wait=off " +
      "-device virtio-serial-pci,id=ipa-br-serial " +
      "-device virtserialport,bus=ipa-br-serial.0,chardev=ipa-br-agent,name=org.qemu.guest_agent.0 " +
      "-device VGA -device pcie-root-port,id=ipa-br-port0,chassis=1 -device pcie-root-port,id=ipa-br-port1,chassis=2",
  ],
  [
    "the same on aarch64, its UEFI's variables kept",
    {
      arch: "aarch64",
      tpm: {},
      screen: true,
      firmware: { uefiCode: "CODE.fd", uefiVariables: "VARS.fd", keepVariables: true },
    },
    "kvm",
    "-machine virt,gic-version=max -accel kvm -cpu host -m 1024 -smp 1 -display none -monitor none -serial stdio " +
      "-drive if=pflash,format=raw,read-only=on,file=CODE.fd -drive if=pflash,format=raw,file=VARS.fd " +
      "-chardev socket,id=ipa-br-tpm,path=run/tpm.sock -tpmdev emulator,id=ipa-br-tpm,chardev=ipa-br-tpm " +
      "-device tpm-tis-device,tpmdev=ipa-br-tpm -device virtio-gpu-pci",
  ],
];

it.each([...cases, ...extras])("%s", (_why, machine, accel, words) => {
  const command = machineCommand(machine, { binary: "qemu", accel, folder: "run" });
  expect(quoteCommand(command)).toBe(`qemu -no-user-config -nodefaults ${words}`);
});

it("makes a blank disk out of nothing", () => {
  const drives = [{ blankBytes: 4 * 1024 ** 3, bus: "nvme", sectorSize: 4096 }] as const;
  const { args } = machineCommand({ arch: "x86_64", drives }, { binary: "qemu", accel: "tcg" });
  expect(args).toContain("if=none,id=disk0,driver=null-co,size=4294967296,read-zeroes=on,snapshot=on");
});

it("doubles commas in option values, and only there", () => {
  const { args } = machineCommand(
    {
      arch: "x86_64",
      kernel: "a,b",
      append: "console=ttyS0,115200",
      drives: [{ file: "c,d.img" }],
      serial: { socket: "e,f" },
    },
    { binary: "qemu", accel: "tcg" },
  );
  expect(args).toContain("a,b");
  expect(args).toContain("console=ttyS0,115200");
  expect(args).toContain("if=none,id=disk0,file=c,,d.img,format=raw");
  expect(args).toContain("unix:e,,f,server=on,wait=off");
});

it("keeps QEMU from reading a colon in a drive's file name as a protocol", () => {
  const { args } = machineCommand(
    { arch: "x86_64", drives: [{ file: "nbd:x" }, { file: "/a:b" }] },
    { binary: "qemu", accel: "tcg" },
  );
  expect(args).toContain("if=none,id=disk0,file=./nbd:x,format=raw");
  expect(args).toContain("if=none,id=disk1,file=/a:b,format=raw");
});

it("never asks for the host's processor without KVM", () => {
  const { args } = machineCommand({ arch: "x86_64", cpu: "host" }, { binary: "qemu", accel: "tcg" });
  expect(args.join(" ")).toContain("-cpu max");
});
