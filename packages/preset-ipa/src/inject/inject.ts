import { appendFile, copyFile, open, rename, rm, stat } from "node:fs/promises";
import { dirname, basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { PresetError } from "../errors.js";
import { injectionEntries } from "./entries.js";
import { padding, writeNewc } from "./newc.js";
import type { Injection } from "./types.js";

export interface InjectOptions {
  /** The ramdisk, as Buildroot built it. */
  readonly image: string;
  /** Where the ramdisk with its additions goes; it may be the same file. */
  readonly output: string;
  readonly injection: Injection;
  /** Packs the addition, for one that is large; the kernel needs CONFIG_RD_GZIP then. Default false. */
  readonly gzip?: boolean;
  readonly signal?: AbortSignal;
}

export interface InjectResult {
  readonly output: string;
  /** Of the image before, in bytes. */
  readonly before: number;
  readonly after: number;
  /** Paths in the image, without a leading slash. */
  readonly files: readonly string[];
}

/**
 * Appends an archive with certificates, keys and configuration to a ramdisk. Nothing is unpacked or built: Linux unpacks
 * one archive after the other, and a later file replaces an earlier one. The same inputs give the same bytes.
 *
 * @throws PresetError INJECTION_INVALID for what may not go in and for an output that is a device or a pipe,
 * IMAGE_UNKNOWN for a file that is no ramdisk
 */
export async function injectIntoImage(options: InjectOptions): Promise<InjectResult> {
  const { image, output, signal } = options;
  await refuseSpecial(output);
  const entries = injectionEntries(options.injection);
  const before = await ramdiskSize(image);
  const archive = writeNewc(entries);
  const addition = options.gzip === true ? gzipSync(archive, { level: 9 }) : archive;
  signal?.throwIfAborted();

  const part = join(dirname(output), `.${basename(output)}.part`);
  try {
    await copyFile(image, part);
    // Linux looks for an archive that is not packed at multiples of four only, and skips zeros.
    await appendFile(part, Buffer.concat([new Uint8Array(padding(before, 4)), addition]));
    signal?.throwIfAborted();
    await rename(part, output);
  } finally {
    await rm(part, { force: true });
  }
  const after = before + padding(before, 4) + addition.length;
  return { output, before, after, files: entries.map(({ path }) => path) };
}

/** A file that took the place of `/dev/null` would be in everybody's way. */
async function refuseSpecial(output: string): Promise<void> {
  const found = await stat(output).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  throw new PresetError("INJECTION_INVALID", `${output} is there already and is no file.`, {
    hint: "Name a file for the new ramdisk.",
  });
}

/** What a ramdisk may begin with. Source: lib/decompress.c of Linux. */
const beginnings: readonly (readonly [format: string, bytes: string])[] = [
  ["cpio", "303730373031"],
  ["cpio", "303730373032"],
  ["xz", "fd377a585a00"],
  ["gzip", "1f8b"],
  ["zstd", "28b52ffd"],
  ["bzip2", "425a68"],
  ["lzma", "5d0000"],
  ["lzo", "894c5a4f000d0a1a0a"],
  ["lz4", "02214c18"],
];

async function ramdiskSize(image: string): Promise<number> {
  const unknown = (what: string, hint: string, cause?: unknown): PresetError =>
    new PresetError("IMAGE_UNKNOWN", `${image} ${what}`, {
      hint,
      details: { image },
      ...(cause === undefined ? {} : { cause }),
    });
  const file = await open(image).catch((cause: unknown) => {
    throw unknown("cannot be read", "name the ramdisk: ipa-br inject output/images/rootfs.cpio.xz", cause);
  });
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const head = buffer.subarray(0, bytesRead).toString("hex");
    const format = beginnings.find(([, bytes]) => head.startsWith(bytes))?.[0];
    if (format === undefined)
      throw unknown("is no ramdisk", "it takes the rootfs.cpio.xz of the images, not a kernel or an ISO");
    if (format === "lz4")
      throw unknown("is packed by lz4, behind which Linux reads no further archive", "pack it by xz, zstd or gzip");
    return size;
  } finally {
    await file.close();
  }
}
