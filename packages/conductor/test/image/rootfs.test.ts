import { describe, expect, it } from "vitest";
import { fileAt, programNamed } from "../../src/image/lookup.js";
import { readRootfs, type Wanted } from "../../src/image/rootfs.js";
import { env, imageFile } from "../support/image.js";
import { newcArchive, type ArchiveEntry } from "../support/newc.js";

const nothing: Wanted = { content: () => false, needles: () => [] };

async function rootfsOf(entries: readonly ArchiveEntry[], wanted = nothing) {
  return readRootfs(await imageFile(newcArchive(entries)), wanted, { env });
}

describe("readRootfs", () => {
  it("follows links within the image, and no further", async () => {
    const rootfs = await rootfsOf([
      { name: "./usr/bin", kind: "folder" },
      { name: "bin", kind: "link", data: "usr/bin" },
      { name: "bin/tool", kind: "program", data: "#!" },
      { name: "usr/bin/other", kind: "link", data: "/bin/../../../bin/tool" },
      { name: "loop", kind: "link", data: "loop" },
      { name: "gone", kind: "link", data: "../nowhere" },
    ]);
    expect([...rootfs.files.keys()]).toEqual(["usr/bin", "bin", "usr/bin/tool", "usr/bin/other", "loop", "gone"]);
    expect(fileAt(rootfs, "/bin/other")?.path).toBe("usr/bin/tool");
    expect(programNamed(rootfs, "other")?.path).toBe("usr/bin/other");
    expect([fileAt(rootfs, "loop"), fileAt(rootfs, "gone"), fileAt(rootfs, "usr/bin/tool/x")]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  it("refuses a name that leads out of the image", async () => {
    for (const name of ["../etc/passwd", "usr/../../etc/passwd", "/.."]) {
      await expect(rootfsOf([{ name }])).rejects.toMatchObject({
        code: "IMAGE_INVALID",
        message: expect.stringContaining("an entry's name leads out of it"),
      });
    }
  });

  it("keeps what was wanted, finds texts that lie across pieces, and lets a later file win", async () => {
    const large = Buffer.alloc(3 * 1024 * 1024, "x");
    large.write("needle", 256 * 1024 - 113);
    const rootfs = await rootfsOf(
      [
        { name: "a.txt", data: "first" },
        { name: "large", data: large },
        { name: "a.txt", data: "second" },
        { name: "b.bin", data: "not wanted" },
      ],
      {
        content: (path: string) => path.endsWith(".txt"),
        needles: (path: string) => (path === "large" ? ["needle", "pin"] : []),
      },
    );
    expect([...rootfs.contents].map(([path, text]) => [path, text.toString()])).toEqual([["a.txt", "second"]]);
    expect([...rootfs.found].map(([path, texts]) => [path, [...texts]])).toEqual([["large", ["needle"]]]);
    expect(rootfs.files.get("a.txt")?.size).toBe(6);
  });

  it("knows hard links, and takes numbers that an archiver repeats for nothing", async () => {
    const rootfs = await rootfsOf([
      { name: "bin/busybox", kind: "program", data: "", inode: 7 },
      { name: "bin/ls", kind: "program", data: "elf", inode: 7 },
      { name: "bin/cat", kind: "program", data: "elf" },
    ]);
    const inodes = [...rootfs.files.values()].map(({ inode }) => inode);
    expect([inodes[0] === inodes[1], inodes[1] === inodes[2]]).toEqual([true, false]);
  });
});
