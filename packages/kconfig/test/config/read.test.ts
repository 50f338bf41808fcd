import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/index.js";

describe("readConfig", () => {
  it("reads set and unset symbols with their lines", () => {
    const text = '#\n# A comment\n#\nBR2_x86_64=y\n# BR2_CCACHE is not set\nBR2_NAME="a \\"b\\" \\\\c"\nBR2_N=0x1f\n';
    expect(readConfig(text, { prefix: "" })).toEqual([
      { name: "BR2_x86_64", value: "y", kind: "set", quoted: false, line: 4 },
      { name: "BR2_CCACHE", value: "n", kind: "unset", quoted: false, line: 5 },
      { name: "BR2_NAME", value: 'a "b" \\c', kind: "set", quoted: true, line: 6 },
      { name: "BR2_N", value: "0x1f", kind: "set", quoted: false, line: 7 },
    ]);
  });

  it("takes the prefix off and passes over what lacks it", () => {
    const text = "CONFIG_A=m\r\nB=y\n# CONFIG_C is not set\n# D is not set\nCONFIG_E\n";
    expect(readConfig(text, { prefix: "CONFIG_" }).map(({ name, value }) => `${name}=${value}`)).toEqual([
      "A=m",
      "C=n",
    ]);
  });

  it("keeps repeated assignments and a value without its closing quote", () => {
    expect(readConfig('A=y\nA=n\nB="x', { prefix: "" }).map(({ value }) => value)).toEqual(["y", "n", '"x']);
  });

  it("reads an empty text", () => {
    expect(readConfig("", { prefix: "" })).toEqual([]);
  });
});
