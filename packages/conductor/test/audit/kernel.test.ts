import { describe, expect, it } from "vitest";
import { moduleOf } from "../../src/audit/kernel-modules.js";
import { auditOf, goodImage, words } from "../support/audit.js";

const modules = (...names: readonly string[]) =>
  names.map((name) => ({ name: `usr/lib/modules/6.12.1/kernel/drivers/${name}.ko.xz`, data: "elf" }));

const kernelWords = async (...of: Parameters<typeof auditOf>) =>
  words(await auditOf(...of)).filter((line) => !line.includes("mstflint"));

describe("the kernel's options", () => {
  it("are built in, modules that the image has, or missing", async () => {
    const config = "CONFIG_PACKET=m\nCONFIG_VIRTIO_NET=m\n# CONFIG_BLK_DEV_NVME is not set\n";
    expect(await kernelWords([...goodImage, ...modules("virtio_net")], { config })).toEqual([
      "error: CONFIG_PACKET is a module (af_packet), which the image lacks",
      "warning: CONFIG_VIRTIO_NET is a module, which somebody has to load before it is needed",
      "warning: CONFIG_BLK_DEV_NVME is not set",
    ]);
    const all = "CONFIG_PACKET=y\nCONFIG_VIRTIO_NET=y\nCONFIG_BLK_DEV_NVME=m\n";
    expect(await kernelWords([...goodImage, ...modules("nvme")], { config: all })).toEqual([]);
  });

  it("are fewer where the image tells a profile that does without", async () => {
    const release = { name: "etc/image-release", data: 'NAME="x"\nPROFILE="small"\n' };
    const config = "CONFIG_PACKET=y\n";
    const small = await auditOf([...goodImage, release], { config });
    expect(words(small).filter((line) => line.includes("CONFIG_"))).toEqual([]);
    expect(small.counts.find(({ area }) => area === "kernel")).toEqual({ area: "kernel", checked: 1, good: 1 });
    const other = { ...release, data: "PROFILE=large\n" };
    expect(await kernelWords([...goodImage, other], { config })).toHaveLength(2);
  });

  it("are known by the names of their modules", () => {
    const options = ["MD_RAID1", "TIGON3", "DM_MULTIPATH", "RD_XZ"];
    expect(options.map((name) => moduleOf(`CONFIG_${name}`))).toEqual(["raid1", "tg3", "dm_multipath", undefined]);
  });

  it("are told by the lists of modules as far as these go", async () => {
    const list = { name: "usr/lib/modules/6.12.1/modules.builtin", data: "kernel/net/packet/af_packet.ko\n" };
    expect(await kernelWords([...goodImage, list, ...modules("nvme")], { config: "" })).toEqual([
      "unknown: 1 options cannot be told without the kernel's .config",
    ]);
    expect(await kernelWords(goodImage, { config: "" })).toEqual([
      "unknown: the kernel's options cannot be told: neither its .config nor a folder of modules is to be had",
    ]);
  });

  it("are found in the image itself", async () => {
    const boot = { name: "boot/config-6.12.1", data: "CONFIG_PACKET=y\nCONFIG_VIRTIO_NET=y\nCONFIG_BLK_DEV_NVME=y\n" };
    const report = await auditOf([...goodImage, boot], { config: "" });
    expect([report.kernelConfig, report.findings.length]).toEqual(["/boot/config-6.12.1 of the image", 1]);
  });

  it("that are to be read from a file that is not there are an error", async () => {
    await expect(auditOf(goodImage, { kernelConfig: "/nowhere/.config" })).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
    });
  });
});
