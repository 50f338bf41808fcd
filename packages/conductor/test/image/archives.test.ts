import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initramfsEntries, type ReadOptions, type Segment } from "../../src/image/archives.js";
import { env, imageFile, pack, packers, temporaryFolder, type Packer } from "../support/image.js";
import { newcArchive, newcEntry } from "../support/newc.js";

const packerNames = Object.keys(packers) as Packer[];

/** Name and content of each entry, and how the parts are packed. */
async function read(path: string, options: Partial<ReadOptions> = {}) {
  const segments: Segment[] = [];
  const entries: (readonly [string, string])[] = [];
  for await (const entry of initramfsEntries(path, { env, ...options }, (segment) => void segments.push(segment))) {
    const pieces: Buffer[] = [];
    for await (const piece of entry.content) pieces.push(Buffer.from(piece));
    entries.push([entry.name, Buffer.concat(pieces).toString("latin1")]);
  }
  return { entries, parts: segments.map(({ compression }) => compression) };
}

/** How reading ends: the error's code and words, or how much was read. */
const outcome = (path: string, options: Partial<ReadOptions> = {}) =>
  read(path, options).then(
    ({ entries }) => `read ${entries.length}`,
    (error: { code?: string; message: string }) => `${error.code}: ${error.message.replace(path, "IMAGE")}`,
  );

// Neither too regular nor too random, and longer than one piece that is read.
const long = Array.from({ length: 60_000 }, (_, index) => `${index * 7919} and ${index % 37}`).join("\n");
const archive = newcArchive([
  { name: "bin", kind: "folder" },
  { name: "bin/long", kind: "program", data: long },
  { name: "etc/odd", data: "abc" },
]);
const listed = [
  ["bin", ""],
  ["bin/long", long],
  ["etc/odd", "abc"],
];

describe("an initramfs", { timeout: 60_000 }, () => {
  it.for(packerNames)("is read, packed by %s", async (packer, context) => {
    const { entries, parts } = await read(await imageFile(pack(context, packer, archive)));
    expect(entries).toEqual(listed);
    expect(parts).toEqual([packer]);
  });

  it.for(packerNames)("goes on behind a part packed by %s, zeroes between or not", async (packer, context) => {
    const part = pack(context, packer, newcArchive([{ name: "one", data: "1" }]));
    const zeroes = Buffer.alloc(((4 - (part.length % 4)) % 4) + 512);
    const plain = newcArchive([{ name: "two", data: "2" }]);
    const packed = gzipSync(newcArchive([{ name: "three", data: "3" }]));
    // LZ4's legacy frame does not tell its end: what follows must not look like a block's size.
    for (const between of packer === "lz4" ? [zeroes] : [Buffer.alloc(0), zeroes]) {
      const { entries } = await read(await imageFile(Buffer.concat([part, between, plain, packed, part])));
      expect(entries).toEqual([
        ["one", "1"],
        ["two", "2"],
        ["three", "3"],
        ["one", "1"],
      ]);
    }
  });

  it("reads several archives in one packed part", async () => {
    const both = Buffer.concat([archive, Buffer.alloc(1024), newcArchive([{ name: "more" }])]);
    expect((await read(await imageFile(gzipSync(both)))).entries).toEqual([...listed, ["more", ""]]);
  });

  it.for(packerNames)("that is cut off anywhere is broken, packed by %s", async (packer, context) => {
    const whole = pack(context, packer, newcArchive([{ name: "some/file", data: "some text, some text" }]));
    const path = await imageFile("");
    const results = new Set<string>();
    for (let length = 1; length < whole.length; length += packer === "none" || packer === "gzip" ? 1 : 7) {
      await writeFile(path, whole.subarray(0, length));
      results.add((await outcome(path)).split(":")[0] ?? "");
    }
    // A plain archive may end right behind its trailer, without the zeroes that fill it up.
    results.delete(packer === "none" ? "read 1" : "");
    expect([...results]).toEqual(["IMAGE_INVALID"]);
  });

  it.for(packerNames)("survives any damage, packed by %s", async (packer, context) => {
    const archived = newcArchive([{ name: "some/file", data: "some text, some text" }, { name: "other" }]);
    const whole = pack(context, packer, archived);
    const path = await imageFile("");
    // each try starts a program where the host has to unpack
    const numRuns = packer === "xz" || packer === "zstd" ? 25 : 200;
    await fc.assert(
      fc.asyncProperty(fc.nat(400), fc.nat(255), async (place, byte) => {
        const bytes = Buffer.from(whole);
        bytes[place % bytes.length] = byte;
        await writeFile(path, bytes);
        expect(await outcome(path)).toMatch(/^(?:read \d+|IMAGE_INVALID|IMAGE_UNSUPPORTED|DECOMPRESSOR_MISSING)/);
      }),
      { numRuns },
    );
  });

  it("says what is wrong", async () => {
    const cases: readonly (readonly [string, Uint8Array | string])[] = [
      ["IMAGE_INVALID: IMAGE is broken at byte 0: it holds no archive.", ""],
      ["IMAGE_INVALID: IMAGE is broken at byte 0: it holds no archive.", Buffer.alloc(4096)],
      ["IMAGE_INVALID: IMAGE is broken at byte 0: there is neither a cpio archive nor anything packed.", "hello world"],
      [
        'IMAGE_INVALID: IMAGE is broken at byte 110: its archive is of the old kind: Linux wants "cpio -H newc".',
        `070707${"0".repeat(200)}`,
      ],
      ["IMAGE_INVALID: IMAGE is broken at byte 110: a header has no numbers.", `070701${"x".repeat(104)}`],
      [
        "IMAGE_INVALID: IMAGE is broken at byte 110: an entry has a name of 4294967295 bytes.",
        newcEntry({ name: "a", claimedNameSize: 0xffffffff }),
      ],
      [
        "IMAGE_INVALID: IMAGE is broken at byte 112: it is cut off in the middle of a.",
        newcEntry({ name: "a", mode: 0o100644, claimedSize: 0xffffffff }),
      ],
      ["IMAGE_UNSUPPORTED: IMAGE is packed by bzip2, which is not read here.", Buffer.from("BZh91AY&SY")],
      [
        `IMAGE_INVALID: IMAGE is broken at byte ${newcArchive([]).length}: there is neither a cpio archive nor anything packed.`,
        Buffer.concat([newcArchive([]), Buffer.from("what follows")]),
      ],
    ];
    for (const [expected, bytes] of cases) expect(await outcome(await imageFile(bytes))).toBe(expected);
    const folder = await temporaryFolder();
    expect(await outcome(folder)).toBe("IMAGE_UNREADABLE: IMAGE cannot be read: it is no file.");
    expect(await outcome(`${folder}/none`)).toBe("IMAGE_UNREADABLE: IMAGE cannot be read: it does not exist.");
  });

  it("that unpacks to too much is refused, and memory stays bounded", async () => {
    const zeroes = Buffer.alloc(32 * 1024 * 1024);
    const bomb = gzipSync(
      Buffer.concat([newcEntry({ name: "zeroes", mode: 0o100644, claimedSize: 0x7fffffff }), zeroes]),
    );
    const before = process.memoryUsage().rss;
    const path = await imageFile(bomb);
    expect(await outcome(path, { maxBytes: 16 * 1024 * 1024 })).toBe(
      "IMAGE_TOO_LARGE: IMAGE unpacks to more than 16777216 bytes.",
    );
    const many = Buffer.concat(Array.from({ length: 1000 }, (_, index) => newcEntry({ name: `file${index}` })));
    expect(await outcome(await imageFile(many), { maxEntries: 500 })).toBe(
      "IMAGE_TOO_LARGE: IMAGE unpacks to more than 500 entries.",
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it("tells which program is missing", async (context) => {
    const path = await imageFile(pack(context, "xz", archive));
    expect(await outcome(path, { env: { PATH: "/nowhere" } })).toBe(
      "DECOMPRESSOR_MISSING: xz is not on PATH, and the image needs it.",
    );
  });

  it("is not read any further when the caller gives up", async () => {
    const controller = new AbortController();
    const path = await imageFile(gzipSync(archive));
    const entries = initramfsEntries(path, { env, signal: controller.signal }, () => controller.abort());
    await expect(entries.next()).rejects.toMatchObject({ code: "ABORTED" });
  });
});
