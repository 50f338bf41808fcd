import { expect, it } from "vitest";
import { installCommand } from "../../src/host/os-release.js";

it.each([
  ["Debian", 'PRETTY_NAME="Debian"\nID=debian\n', "apt-get install qemu-system-x86"],
  ["Ubuntu", "ID=ubuntu\nID_LIKE=debian\n", "apt-get install qemu-system-x86"],
  ["Mint", 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt-get install qemu-system-x86"],
  ["Fedora", "ID=fedora\n", "dnf install qemu-system-x86-core"],
  ["Rocky", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf install qemu-system-x86-core"],
  ["Leap", 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "zypper install qemu-x86"],
  ["Manjaro", "ID_LIKE=arch\nID=manjaro\n", "pacman -S qemu-system-x86"],
  ["Alpine", "ID=alpine\n", "apk add qemu-system-x86_64"],
  ["an unknown one", "ID=plan9\n", undefined],
  ["nothing", "", undefined],
])("names the package command of %s", (_name, osRelease, command) => {
  expect(installCommand(osRelease, "qemu-system-x86_64")).toBe(command);
});

it("names the package of another architecture", () => {
  expect(installCommand("ID=debian\n", "qemu-system-aarch64")).toBe("apt-get install qemu-system-arm");
});
