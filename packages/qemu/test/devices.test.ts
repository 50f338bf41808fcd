import { QemuError } from "../src/index.js";
import { expect, it } from "vitest";
import { linuxMachine, patience, started, temporaryFolder, virtioDrivers } from "./support/guest.js";
import { join } from "node:path";
import { readFile, stat } from "node:fs/promises";

const slow = { timeout: 400_000 };
const mib = 1024 ** 2;

/** Its sector sizes and size of each disk, and which driver it is on, as the guest has them. */
const diskFacts = `for disk in $(ls /sys/block | grep -vE 'loop|ram'); do
  echo $disk $(cat /sys/block/$disk/size /sys/block/$disk/queue/logical_block_size /sys/block/$disk/queue/physical_block_size)
done`;

it("each bus and each size of sectors, as the guest sees them; disks made on demand", slow, async (context) => {
  const drivers = [...virtioDrivers, "virtio_scsi", "nvme", "ahci", "sd_mod", "sr_mod"];
  const machine = await linuxMachine(context, { kernel: "amd64", drivers });
  const folder = await temporaryFolder();
  const [raw, qcow2] = [join(folder, "new.img"), join(folder, "new.qcow2")];
  const running = await started({
    ...machine,
    type: "q35",
    memory: 512,
    nics: ["52:54:00:00:00:01", "52:54:00:00:00:02", "52:54:00:00:00:03"].map((mac) => ({
      mac,
      model: "virtio-net-pci",
    })),
    drives: [
      { file: raw, createBytes: 8 * mib },
      { blankBytes: 16 * mib, sectorSize: 4096 },
      { file: qcow2, format: "qcow2", createBytes: 5 * 1024 ** 4, bus: "nvme" },
      { blankBytes: 24 * mib, bus: "nvme", sectorSize: 4096 },
      { blankBytes: 32 * mib, bus: "sata", serial: "SATA-1" },
      { blankBytes: 40 * mib, bus: "scsi" },
      { blankBytes: 48 * mib, bus: "scsi", sectorSize: 4096 },
      { file: machine.kernel ?? "", bus: "cdrom" },
    ],
  });
  const { console } = running;
  await console.login({ user: "root" }, patience);
  const size = (bytes: number) => bytes / 512;
  const { output } = await console.exec(diskFacts, patience);
  const lines = output.trim().split("\n");
  expect(lines.filter((line) => !line.startsWith("s"))).toEqual([
    `nvme0n1 ${size(5 * 1024 ** 4)} 512 512`,
    `nvme1n1 ${size(24 * mib)} 4096 4096`,
    `vda ${size(8 * mib)} 512 512`,
    `vdb ${size(16 * mib)} 4096 4096`,
  ]);
  // The order of the controllers of SATA and SCSI is the guest's business.
  expect(
    lines
      .filter((line) => line.startsWith("sd"))
      .map((line) => line.replace(/^\S+ /, ""))
      .sort(),
  ).toEqual([`${size(32 * mib)} 512 512`, `${size(40 * mib)} 512 512`, `${size(48 * mib)} 4096 4096`]);
  expect(lines.some((line) => line.startsWith("sr0 "))).toBe(true);
  const macs = await console.exec("cat /sys/class/net/eth*/address", patience);
  expect(macs.output.trim().split("\n").sort()).toEqual([
    "52:54:00:00:00:01",
    "52:54:00:00:00:02",
    "52:54:00:00:00:03",
  ]);
  const write = "echo kept >/dev/vda; printf qcow >/dev/nvme0n1; sync; head -c 4 /dev/nvme0n1";
  expect(await console.exec(write, patience)).toEqual({ exitCode: 0, output: "qcow" });
  await running.stop();
  expect((await readFile(raw)).subarray(0, 5).toString()).toBe("kept\n");
  expect((await stat(raw)).size).toBe(8 * mib);
  expect((await stat(qcow2)).size).toBeLessThan(2 * mib);
});

it.for(["pc", "q35"] as const)(
  "%s: a disk and a card are plugged in and out while it runs",
  slow,
  async (type, context) => {
    const drivers = [...virtioDrivers, "virtio_scsi", "sd_mod"];
    const running = await started({
      ...(await linuxMachine(context, { drivers })),
      type,
      ...(type === "q35" ? { hotplugPorts: 4 } : {}),
      nics: [{ model: "virtio-net-pci" }],
    });
    const { console } = running;
    await console.login({ user: "root" }, patience);
    const appears = (path: string) =>
      console.exec(`for try in $(seq 100); do [ -e ${path} ] && break; usleep 100000; done; cat ${path}`, patience);

    expect(await running.addDrive({ blankBytes: 64 * mib, sectorSize: 4096, serial: "late" })).toBe("disk0");
    expect((await appears("/sys/block/vda/queue/logical_block_size")).output).toBe("4096\n");
    const write = "echo written >/dev/vda && sync && head -c 7 /dev/vda; cat /sys/block/vda/size";
    expect((await console.exec(write, patience)).output).toBe(`written${(64 * mib) / 512}\n`);
    expect(await running.addDrive({ id: "other", blankBytes: 8 * mib, bus: "scsi" })).toBe("other");
    expect((await appears("/sys/block/sda/size")).output).toBe(`${(8 * mib) / 512}\n`);
    const mac = "52:54:00:99:88:77";
    expect(await running.addNic({ model: "virtio-net-pci", mac })).toBe("net1");
    expect((await appears("/sys/class/net/eth1/address")).output).toBe(`${mac}\n`);

    await running.removeDevice("net1", patience);
    await running.removeDevice("disk0", patience);
    expect((await console.exec("ls /sys/class/net /sys/block", patience)).output).not.toMatch(/eth1|vda/);
    expect((await running.qmp.execute("query-block")).map(({ qdev }) => qdev)).toEqual(["other"]);
    // What is described is soldered on to a q35.
    const described = running.removeDevice("net0", patience).then(
      () => "removed",
      (error: unknown) => (QemuError.is(error) ? `${error.code}: ${error.hint}` : String(error)),
    );
    expect(await described).toMatch(type === "q35" ? /^QMP_FAILED: .* pc\.$/ : /^removed$/);
    // Its place and its names are free again.
    const again = type === "q35" ? "net1" : "net0";
    expect(await running.addNic({ model: "virtio-net-pci", mac })).toBe(again);
    expect((await appears(`/sys/class/net/eth${again.slice(-1)}/address`)).output).toBe(`${mac}\n`);
    await expect(running.removeDevice("absent", patience)).rejects.toMatchObject({ code: "QMP_FAILED" });
  },
);
