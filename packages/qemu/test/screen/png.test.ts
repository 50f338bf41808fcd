import { assert, integer, property, uint8Array } from "fast-check";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { writePng } from "../../src/screen/png.js";
import { readPpm } from "../../src/screen/ppm.js";

it("another decoder reads back every pixel", () => {
  const size = integer({ min: 1, max: 20 });
  const pictures = size.chain((width) =>
    size.chain((height) =>
      uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }).map((pixels) => ({
        width,
        height,
        pixels,
      })),
    ),
  );
  assert(
    property(pictures, (picture) => {
      const header = Buffer.from(`P6\n${picture.width} ${picture.height}\n255\n`);
      const read = readPpm(Buffer.concat([header, picture.pixels]));
      expect(read).toEqual({ ...picture, pixels: Buffer.from(picture.pixels) });
      const { width, height, data } = PNG.sync.read(Buffer.from(writePng(picture)));
      expect([width, height]).toEqual([picture.width, picture.height]);
      const colours = data.filter((_, index) => index % 4 !== 3);
      expect(Buffer.from(colours).equals(Buffer.from(picture.pixels))).toBe(true);
    }),
  );
});

it("takes nothing else for a PPM file", () => {
  for (const text of ["", "P5\n1 1\n255\n\0", "P6\n2 2\n255\nabc", "P6\n1 1\n65535\nabc"]) {
    expect(readPpm(Buffer.from(text))).toBeUndefined();
  }
});
