import fc from "fast-check";
import { expect, it } from "vitest";
import { quote, readValues, stringValue } from "../../src/config/notation.js";

it("reads back every string that it quotes", () => {
  const text = fc.string({ unit: "grapheme" }).filter((one) => one !== "" && !/[\n\r\u0000]/.test(one));
  fc.assert(
    fc.property(text, (value) => {
      expect(stringValue(readValues(`BR2_X=${quote(value)}\n`), "BR2_X")).toBe(value);
    }),
  );
});

it("tells no string from none", () => {
  const values = readValues('BR2_A=""\nBR2_B=y\n# BR2_C is not set\n');
  for (const name of ["BR2_A", "BR2_B", "BR2_C", "BR2_D"]) expect(stringValue(values, name)).toBeUndefined();
  expect(values.get("BR2_C")).toBe("n");
});
