import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUuid } from "../../src/nodes/uuid.js";
import { normalizeMac } from "../../src/nodes/mac.js";

const byte = fc.integer({ min: 0, max: 255 }).map((value) => value.toString(16).padStart(2, "0"));
const octets = fc.array(byte, { minLength: 6, maxLength: 6 });

describe("normalizeMac", () => {
  it("is the same for every way to write an address", () => {
    fc.assert(
      fc.property(octets, (parts) => {
        const plain = parts.join(":");
        expect(normalizeMac(plain.toUpperCase())).toBe(plain);
        expect(normalizeMac(parts.join("-"))).toBe(plain);
      }),
    );
  });

  it.each(["", "52:54:00:12:34", "52:54:00:12:34:5g", "525400123456", "52:54:00:12:34:56:78"])(
    "takes %j for none",
    (text) => {
      expect(normalizeMac(text)).toBeUndefined();
    },
  );
});

describe("isUuid", () => {
  it("takes what Ironic takes", () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => isUuid(uuid) && isUuid(uuid.replaceAll("-", ""))));
    expect(["", "node-1", "6a3e8f7e", "../../etc"].filter(isUuid)).toEqual([]);
  });
});
