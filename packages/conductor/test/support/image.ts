import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished, type TestContext } from "vitest";

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "conductor-image-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with these bytes that goes with the test. */
export async function imageFile(bytes: Uint8Array | string, name = "rootfs.cpio"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, bytes);
  return file;
}

/** The packers that are tried: Node's gzip, and programs of the host. */
export const packers = {
  none: undefined,
  gzip: undefined,
  xz: ["xz", "-1", "--check=crc32", "-c"],
  zstd: ["zstd", "-q", "-c"],
  lz4: ["lz4", "-l", "-q", "-c"],
} as const;

export type Packer = keyof typeof packers;

/** The bytes, packed; skips the test, with the reason, where the host has no such program. */
export function pack(context: TestContext, packer: Packer, bytes: Buffer): Buffer {
  const command = packers[packer];
  if (command === undefined) return packer === "gzip" ? gzipSync(bytes) : bytes;
  const [file, ...args] = command;
  const { status, stdout, error } = spawnSync(file, args, { input: bytes, maxBuffer: 2 ** 30 });
  context.skip(error !== undefined, `${file} is not there`);
  if (status !== 0) throw new Error(`${file} failed`);
  return stdout;
}

export const env: Readonly<Record<string, string | undefined>> = process.env;
