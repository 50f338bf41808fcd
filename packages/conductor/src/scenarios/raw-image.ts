const sector = 512;

/**
 * A whole-disk image that is told from any other: each sector begins with the seed and its own number. It ends with the
 * signature of a master boot record in its first sector, with no partitions, since agents look for one.
 */
export function rawImage(bytes: number, seed: number): Buffer {
  const image = Buffer.alloc(bytes);
  for (let offset = sector; offset < bytes; offset += sector) {
    image.writeUInt32BE(seed, offset);
    image.writeUInt32BE(offset / sector, offset + 4);
  }
  image.writeUInt32BE(seed, 0);
  image.writeUInt16BE(0x55aa, 510);
  return image;
}
