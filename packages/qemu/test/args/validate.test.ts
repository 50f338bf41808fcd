import { expect, it } from "vitest";
import { machineCommand, type Machine, QemuError } from "../../src/index.js";

const bad: readonly (readonly [why: string, machine: Machine, message: RegExp])[] = [
  ["an unknown architecture", { arch: "mips" as "x86_64" }, /"mips" is not known/],
  ["another architecture's machine", { arch: "aarch64", type: "pc" }, /pc is none of aarch64/],
  ["an initrd alone", { arch: "x86_64", initrd: "i" }, /initrd is given without a kernel/],
  ["a command line alone", { arch: "x86_64", append: "quiet" }, /append is given without a kernel/],
  ["an empty file name", { arch: "x86_64", kernel: "" }, /kernel is an empty file name/],
  ["no memory", { arch: "x86_64", memory: 0 }, /memory is 0/],
  ["half a processor", { arch: "x86_64", cpus: 0.5 }, /cpus is 0.5/],
  ["an id twice", { arch: "x86_64", nics: [{ id: "a" }], drives: [{ id: "a", file: "f" }] }, /id a is used twice/],
  ["an id like a default one", { arch: "x86_64", nics: [{}, { id: "net0" }] }, /id net0 is used twice/],
  ["an id with a comma", { arch: "x86_64", nics: [{ id: "a,b" }] }, /"a,b" is malformed/],
  ["half a MAC address", { arch: "x86_64", nics: [{ mac: "52:54" }] }, /"52:54" is no MAC address/],
  ["a multicast MAC address", { arch: "x86_64", nics: [{ mac: "01:00:00:00:00:00" }] }, /multicast/],
  ["port 0", { arch: "x86_64", nics: [{ forwards: [{ hostPort: 0, guestPort: 22 }] }] }, /0 is no port/],
  [
    "a port forwarded twice",
    {
      arch: "x86_64",
      nics: [{ forwards: [{ hostPort: 2222, guestPort: 22 }] }, { forwards: [{ hostPort: 2222, guestPort: 23 }] }],
    },
    /tcp 127.0.0.1:2222 is forwarded twice/,
  ],
  [
    "a host name to listen at",
    { arch: "x86_64", nics: [{ forwards: [{ hostAddress: "localhost", hostPort: 1, guestPort: 1 }] }] },
    /"localhost" is no IPv4 address/,
  ],
  ["a drive without a file", { arch: "x86_64", drives: [{ file: "" }] }, /no file name of a drive/],
  ["half a sector", { arch: "x86_64", drives: [{ blankBytes: 100 }] }, /100 is no size of a disk/],
  ["half a large sector", { arch: "x86_64", drives: [{ blankBytes: 512, sectorSize: 4096 }] }, /512 is no size/],
  ["a blank CD-ROM", { arch: "x86_64", drives: [{ blankBytes: 512, bus: "cdrom" }] }, /without an image/],
  ["large SATA sectors", { arch: "x86_64", drives: [{ file: "f", bus: "sata", sectorSize: 4096 }] }, /4096 bytes/],
  ["NVMe without PCI", { arch: "x86_64", type: "microvm", drives: [{ file: "f", bus: "nvme" }] }, /no PCI bus/],
  ["NUL in the command line", { arch: "x86_64", kernel: "k", append: "a\0b" }, /append holds a NUL/],
  ["NUL in an extra argument", { arch: "x86_64", extraArguments: ["\0"] }, /extra argument holds a NUL/],
];

it.each(bad)("refuses %s", (_why, machine, message) => {
  let error: unknown;
  try {
    machineCommand(machine, { binary: "qemu", accel: "tcg" });
  } catch (thrown) {
    error = thrown;
  }
  expect(QemuError.is(error)).toBe(true);
  expect(error).toMatchObject({ code: "MACHINE_INVALID", message: expect.stringMatching(message) });
  expect((error as QemuError).hint).toBeTruthy();
});
