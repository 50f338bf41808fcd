/** How a part of an initramfs is packed. */
export type Compression = "none" | "gzip" | "xz" | "zstd" | "lz4" | "bzip2" | "lzma" | "lzop";

/** First bytes, as Linux' `lib/decompress.c` tells them apart; LZ4 is its legacy frame. */
const magics: readonly (readonly [Compression, string])[] = [
  ["none", "30373037"],
  ["gzip", "1f8b"],
  ["xz", "fd377a585a00"],
  ["zstd", "28b52ffd"],
  ["lz4", "02214c18"],
  ["bzip2", "425a68"],
  ["lzma", "5d0000"],
  ["lzop", "894c5a4f"],
];

/** The packing that begins with these bytes; undefined for anything else. */
export function compressionOf(bytes: Buffer): Compression | undefined {
  const hex = bytes.subarray(0, 8).toString("hex");
  return magics.find(([, magic]) => hex.startsWith(magic))?.[0];
}
