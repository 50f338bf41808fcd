import { describe, expect, it } from "vitest";
import { parseDisk, parseNic } from "../../src/commands/run-devices.js";

const plain = { bus: "virtio", sectorSize: 512, readOnly: false };
const file = { ...plain, format: "raw", throwAway: false };

describe("parseDisk", () => {
  it.each([
    ["4G", { ...plain, blankBytes: 4 * 1024 ** 3 }],
    [
      "512M,bus=nvme,sector=4096,serial=S1",
      { ...plain, blankBytes: 512 * 1024 ** 2, bus: "nvme", sectorSize: 4096, serial: "S1" },
    ],
    ["disk.img", { ...file, file: "/here/disk.img" }],
    ["a,,b.img,read-only", { ...file, file: "/here/a,b.img", readOnly: true }],
    [
      "/d.qcow2,format=qcow2,bus=scsi,throw-away",
      { ...file, file: "/d.qcow2", format: "qcow2", bus: "scsi", throwAway: true },
    ],
    ["new.img,size=1T", { ...file, file: "/here/new.img", createBytes: 1024 ** 4 }],
  ])("reads %s", (text, drive) => {
    expect(parseDisk("/here", text)).toEqual(drive);
  });

  it.each([
    "",
    "4G,format=qcow2",
    "4G,size=4G",
    "x,bus=floppy",
    "x,sector=520",
    "x,size=much",
    "x,frobnicate",
    "x,a=b",
  ])("refuses %j", (text) => {
    expect(() => parseDisk("/here", text)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }) as Error);
  });
});

describe("parseNic", () => {
  it.each([
    ["user", { isolated: false }],
    [
      "mac=52:54:00:12:34:56,model=virtio-net-pci",
      { isolated: false, mac: "52:54:00:12:34:56", model: "virtio-net-pci" },
    ],
    ["isolated", { isolated: true }],
  ])("reads %s", (text, nic) => {
    expect(parseNic(text)).toEqual(nic);
  });

  it.each(["tap", "mac", "speed=fast"])("refuses %s", (text) => {
    expect(() => parseNic(text)).toThrow(expect.objectContaining({ code: "SETTING_INVALID" }) as Error);
  });
});
