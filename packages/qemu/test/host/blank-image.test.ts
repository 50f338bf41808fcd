import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createImage } from "../../src/host/blank-image.js";
import { checkImages, makeImages } from "../../src/host/images.js";
import { searchPath } from "../../src/host/search-path.js";
import { env } from "../support/env.js";
import { temporaryFolder } from "../support/guest.js";

const run = promisify(execFile);

it("makes a raw image without taking room, and leaves one that is there alone", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "disk.img");
  const drives = [{ file, createBytes: 1024 ** 3 }];
  await checkImages({ arch: "x86_64", drives });
  await makeImages(drives);
  const { size, blocks } = await stat(file);
  expect(size).toBe(1024 ** 3);
  expect(blocks).toBeLessThan(100);
  await writeFile(file, "kept");
  await makeImages(drives);
  expect(await readFile(file, "utf8")).toBe("kept");
  await expect(makeImages([{ file: join(folder, "absent/disk.img"), createBytes: 512 }])).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
  });
});

it.for([512, 1024 ** 2, 3 * 1024 ** 3 + 512, 5 * 1024 ** 4])(
  "makes a qcow2 image of %i bytes that QEMU's own tool finds nothing wrong with",
  async (bytes, context) => {
    context.skip((await searchPath("qemu-img", env)) === undefined, "no qemu-img (Debian's package qemu-utils)");
    const file = join(await temporaryFolder(), "disk.qcow2");
    await createImage({ file, format: "qcow2", bytes });
    await run("qemu-img", ["check", file]);
    const info = JSON.parse((await run("qemu-img", ["info", "--output=json", file])).stdout) as Record<string, unknown>;
    expect(info).toMatchObject({ format: "qcow2", "virtual-size": bytes });
    expect((await stat(file)).size).toBeLessThan(1024 ** 2);
  },
);
