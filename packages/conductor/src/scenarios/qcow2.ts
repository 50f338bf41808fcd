const cluster = 65_536;

/**
 * The content as a qcow2 image, version 2, uncompressed, without backing file; all clusters are allocated. The format is
 * QEMU's `docs/interop/qcow2.txt`. The layout: header, L1 table, refcount table, refcount block, L2 table, data.
 * @param content at most 512 MiB, what one L2 table reaches; it is filled up to whole clusters with zeroes
 */
export function qcow2Image(content: Buffer): Buffer {
  const dataClusters = Math.ceil(content.length / cluster);
  const at = { l1: 1, refcounts: 2, refcountBlock: 3, l2: 4, data: 5 };
  const total = at.data + dataClusters;
  const image = Buffer.alloc(total * cluster);
  writeHeader(image, content.length, at);
  const copied = 1n << 63n;
  image.writeBigUInt64BE(BigInt(at.l2 * cluster) | copied, at.l1 * cluster);
  image.writeBigUInt64BE(BigInt(at.refcountBlock * cluster), at.refcounts * cluster);
  for (let index = 0; index < total; index += 1) image.writeUInt16BE(1, at.refcountBlock * cluster + index * 2);
  for (let index = 0; index < dataClusters; index += 1) {
    image.writeBigUInt64BE(BigInt((at.data + index) * cluster) | copied, at.l2 * cluster + index * 8);
  }
  content.copy(image, at.data * cluster);
  return image;
}

function writeHeader(image: Buffer, bytes: number, at: { readonly l1: number; readonly refcounts: number }): void {
  image.write("QFI\u00FB", 0, "latin1");
  image.writeUInt32BE(2, 4);
  image.writeUInt32BE(Math.log2(cluster), 20);
  image.writeBigUInt64BE(BigInt(bytes), 24);
  image.writeUInt32BE(1, 36);
  image.writeBigUInt64BE(BigInt(at.l1 * cluster), 40);
  image.writeBigUInt64BE(BigInt(at.refcounts * cluster), 48);
  image.writeUInt32BE(1, 56);
}
