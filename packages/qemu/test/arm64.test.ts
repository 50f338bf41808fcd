import { expect, it } from "vitest";
import { findUefi } from "../src/index.js";
import { env } from "./support/env.js";
import { linuxMachine, patience, started, virtioDrivers } from "./support/guest.js";

const slow = { timeout: 400_000 };

it.for(["default", "uefi"] as const)("arm64: Linux boots on virt, firmware: %s", slow, async (firmware, context) => {
  if (firmware === "uefi") {
    const missing = await findUefi({ arch: "aarch64" }, { env }).then(
      () => undefined,
      (error: Error) => error.message,
    );
    context.skip(missing !== undefined, missing);
  }
  const machine = await linuxMachine(context, {
    kernel: "cloud-arm64",
    drivers: [...virtioDrivers, "virtio_scsi", "sd_mod"],
  });
  const running = await started({
    ...machine,
    firmware,
    cpus: 2,
    nics: [{ mac: "52:54:00:0a:0b:0c" }],
    drives: [
      { blankBytes: 64 * 1024 ** 2, serial: "first" },
      { blankBytes: 32 * 1024 ** 2, bus: "scsi" },
      { blankBytes: 16 * 1024 ** 2, bus: "nvme", sectorSize: 4096 },
    ],
  });
  const { console } = running;
  await console.login({ user: "root" }, patience);
  const facts = await console.exec(
    "uname -m; nproc; cat /sys/class/net/eth0/address /sys/block/vda/serial; echo; cat /sys/block/vda/size /sys/block/sda/size /sys/block/nvme0n1/size; ls -d /sys/firmware/efi",
    patience,
  );
  expect(facts.output.trim().split("\n").slice(0, 7)).toEqual([
    ...["aarch64", "2", "52:54:00:0a:0b:0c", "first", "131072", "65536", "32768"],
  ]);
  expect(facts.exitCode).toBe(firmware === "uefi" ? 0 : 1);
});
