import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { qcow2Image } from "../../src/scenarios/qcow2.js";
import { rawImage } from "../../src/scenarios/raw-image.js";
import { tarNames } from "../../src/scenarios/tar.js";

const run = promisify(execFile);

describe("qcow2Image", () => {
  it("is one that QEMU takes, with the content in it", { timeout: 120_000 }, async (context) => {
    const missing = await run("qemu-img", ["--version"]).then(
      () => undefined,
      () => "qemu-img is not there (Debian: apt-get install qemu-utils)",
    );
    context.skip(missing !== undefined, missing);
    const folder = await mkdtemp(join(tmpdir(), "conductor-test-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const content = rawImage(2 * 1024 * 1024, 7);
    const file = join(folder, "image.qcow2");
    await writeFile(file, qcow2Image(content));
    await run("qemu-img", ["check", file]);
    await run("qemu-img", ["convert", "-O", "raw", file, join(folder, "image.raw")]);
    expect((await readFile(join(folder, "image.raw"))).equals(content)).toBe(true);
  });
});

describe("rawImage", () => {
  const bytes = 2 * 1024 * 1024;

  it("differs in each sector, and from seed to seed", () => {
    const image = rawImage(bytes, 1);
    const sectors = Array.from({ length: bytes / 512 }, (_, index) =>
      image.toString("hex", index * 512, index * 512 + 512),
    );
    expect(new Set(sectors).size).toBe(sectors.length);
    expect(image.equals(rawImage(bytes, 2))).toBe(false);
  });

  it("has one partition up to its end", () => {
    const image = rawImage(bytes, 1);
    const [start, size] = [image.readUInt32LE(454), image.readUInt32LE(458)];
    expect([image[450], start, start + size, image.toString("hex", 510, 512)]).toEqual([
      0x83,
      2048,
      bytes / 512,
      "55aa",
    ]);
  });
});

describe("tarNames", () => {
  it("reads what tar writes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "conductor-test-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "one"), "x".repeat(1000));
    await writeFile(join(folder, "two"), "");
    const { stdout } = await run("tar", ["-C", folder, "-cf", "-", "one", "two"], { encoding: "buffer" });
    expect(tarNames(stdout)).toEqual(["one", "two"]);
  });

  it("takes garbage for no archive", () => {
    expect(tarNames(Buffer.alloc(0))).toEqual([]);
    expect(tarNames(Buffer.alloc(2048))).toEqual([]);
    expect(tarNames(Buffer.alloc(2048, "z"))).toEqual([]);
  });
});
