/** A picture: three bytes, red, green and blue, for each pixel, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Reads a picture in the binary PPM format with 8 bits per colour (ppm(5)), which QEMU writes; undefined if it is none. */
export function readPpm(file: Uint8Array): Picture | undefined {
  const start = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, 100)).toString("latin1");
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(start);
  if (header === null) return undefined;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = file.subarray(header[0].length);
  return pixels.length === width * height * 3 ? { width, height, pixels } : undefined;
}
