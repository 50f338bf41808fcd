import { type FileHandle, open, rm } from "node:fs/promises";

/** A file to be made. */
export interface BlankImage {
  readonly file: string;
  readonly format: "raw" | "qcow2";
  readonly bytes: number;
}

/** Bytes per cluster of a qcow2 image: QEMU's own default. */
const cluster = 64 * 1024;

/** Makes an image of zeroes that takes no room on the host; one that is there by now stays as it is. */
export async function createImage({ file: path, format, bytes }: BlankImage): Promise<void> {
  const file = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    if (format === "qcow2") await writeQcow2(file, bytes);
    else await file.truncate(bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/**
 * An empty qcow2 image, version 3 (QEMU's docs/interop/qcow2.txt): header, refcount table, one refcount block, and the L1
 * table, whose entries are all zero, "unallocated".
 */
async function writeQcow2(file: FileHandle, bytes: number): Promise<void> {
  const perL2 = (cluster / 8) * cluster;
  const l1Entries = Math.ceil(bytes / perL2);
  const l1Clusters = Math.ceil((l1Entries * 8) / cluster);
  const header = Buffer.alloc(cluster);
  header.write("QFI\u00fb", 0, "latin1");
  header.writeUInt32BE(3, 4);
  header.writeUInt32BE(Math.log2(cluster), 20);
  header.writeBigUInt64BE(BigInt(bytes), 24);
  header.writeUInt32BE(l1Entries, 36);
  header.writeBigUInt64BE(BigInt(3 * cluster), 40);
  header.writeBigUInt64BE(BigInt(cluster), 48);
  header.writeUInt32BE(1, 56);
  // Refcounts of 1 << 4 bits; 104 bytes of header, behind which the zeroes end the list of extensions.
  header.writeUInt32BE(4, 96);
  header.writeUInt32BE(104, 100);
  const refcountTable = Buffer.alloc(cluster);
  refcountTable.writeBigUInt64BE(BigInt(2 * cluster), 0);
  const refcounts = Buffer.alloc(cluster);
  for (let used = 0; used < 3 + l1Clusters; used += 1) refcounts.writeUInt16BE(1, used * 2);
  await file.write(Buffer.concat([header, refcountTable, refcounts, Buffer.alloc(l1Clusters * cluster)]));
}
