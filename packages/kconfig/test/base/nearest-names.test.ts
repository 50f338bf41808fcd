import { describe, expect, it } from "vitest";
import { nearestNames } from "../../src/index.js";

describe("nearestNames", () => {
  const names = ["openstack_ipa_defconfig", "qemu_x86_64_defconfig", "qemu_x86_defconfig", "raspberrypi4_defconfig"];

  it("finds what a typing error hid, best first", () => {
    expect(nearestNames("openstak_ipa_defconfig", names)).toEqual(["openstack_ipa_defconfig"]);
    expect(nearestNames("qemu_x68_64_defconfig", names)[0]).toBe("qemu_x86_64_defconfig");
  });

  it("finds a part of a name and ignores letter case", () => {
    expect(nearestNames("RASPBERRYPI4", names)).toEqual(["raspberrypi4_defconfig"]);
  });

  it("offers nothing for what is far off, and at most `limit`", () => {
    expect(nearestNames("zzzz", names)).toEqual([]);
    expect(nearestNames("qemu_x86_defconfig", names, 1)).toEqual(["qemu_x86_defconfig"]);
    expect(nearestNames("", names)).toEqual([]);
  });
});
