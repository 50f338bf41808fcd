import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { embeddedConfig } from "../../src/image/kernel-config.js";
import { env, imageFile, pack, packers, type Packer } from "../support/image.js";

const config = `#\n# Linux/x86 6.12 Kernel Configuration\n#\n${Array.from({ length: 4000 }, (_, index) => `CONFIG_${index}=y`).join("\n")}\n`;
const carried = Buffer.concat([Buffer.from("IKCFG_ST"), gzipSync(config), Buffer.from("IKCFG_ED")]);
const kernel = Buffer.concat([Buffer.alloc(300_000, "code"), carried, Buffer.alloc(1000, "more")]);

/** As the boot protocol has it: the packed kernel behind four sectors of setup, and some bytes. */
function bzImage(payload: Buffer): Buffer {
  const setup = Buffer.alloc(5 * 512);
  setup[0x1f1] = 4;
  setup.write("HdrS", 0x202);
  setup.writeUInt16LE(0x20f, 0x206);
  setup.writeUInt32LE(100, 0x248);
  setup.writeUInt32LE(payload.length, 0x24c);
  return Buffer.concat([setup, Buffer.alloc(100), payload, Buffer.alloc(4), Buffer.from("the end")]);
}

describe("the .config that a kernel carries", { timeout: 60_000 }, () => {
  it.for(["gzip", "xz", "zstd", "lz4"] as Packer[])("is found in a bzImage packed by %s", async (packer, context) => {
    const path = await imageFile(bzImage(pack(context, packer, kernel)), "bzImage");
    expect(await embeddedConfig(path, { env })).toBe(config);
  });

  it("is found in a kernel that is not packed, and in a gzipped one", async () => {
    expect(Object.keys(packers)).toContain("gzip");
    expect(await embeddedConfig(await imageFile(kernel), { env })).toBe(config);
    expect(await embeddedConfig(await imageFile(gzipSync(kernel)), { env })).toBe(config);
  });

  it("is missed without an error", async () => {
    expect(await embeddedConfig(await imageFile(Buffer.alloc(10_000)), { env })).toBeUndefined();
    expect(await embeddedConfig(await imageFile(bzImage(gzipSync("no config"))), { env })).toBeUndefined();
    expect(await embeddedConfig(await imageFile("IKCFG_ST without end"), { env })).toBeUndefined();
  });

  it("that is broken is an error", async () => {
    const broken = Buffer.from("IKCFG_ST, and no gzip, IKCFG_ED");
    await expect(embeddedConfig(await imageFile(broken), { env })).rejects.toMatchObject({ code: "IMAGE_INVALID" });
    const cut = bzImage(gzipSync(kernel)).subarray(0, 3000);
    await expect(embeddedConfig(await imageFile(cut), { env })).rejects.toMatchObject({ code: "IMAGE_INVALID" });
  });
});
