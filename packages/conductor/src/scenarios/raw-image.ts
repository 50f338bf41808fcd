const sector = 512;

const firstPartition = 2048;

/**
 * A whole-disk image that is told from any other: each sector begins with the seed and its own number. The first sector
 * is a master boot record with one Linux partition from 1 MiB to the end, since the agent takes no image without one
 * (`_validate_partitioning` in its `extensions/standby.py`).
 * @param bytes more than 1 MiB, whole sectors
 */
export function rawImage(bytes: number, seed: number): Buffer {
  const image = Buffer.alloc(bytes);
  for (let offset = sector; offset < bytes; offset += sector) {
    image.writeUInt32BE(seed, offset);
    image.writeUInt32BE(offset / sector, offset + 4);
  }
  const entry = 446;
  image.writeUInt32LE(seed, 440);
  image.writeUInt8(0x83, entry + 4);
  image.writeUInt32LE(firstPartition, entry + 8);
  image.writeUInt32LE(bytes / sector - firstPartition, entry + 12);
  image.writeUInt16BE(0x55aa, 510);
  return image;
}
