import { describe, expect, it } from "vitest";
import { chooseDefconfig, parseDefconfigs } from "../src/defconfig.js";

const externals = [
  { name: "EMPTY", description: "No configs here", path: "/empty" },
  { name: "ONE", description: "Same words", path: "/one" },
  { name: "TWO", description: "Same words", path: "/two" },
  { name: "BARE", description: undefined, path: "/bare" },
];

const output = `noise of a makefile
Built-in configs:
  a_defconfig                         - Build for a
  b_defconfig                         - Build for b

External configs in "Same words":
  sub/c_defconfig                     - Build for sub/c

External configs in "Same words":
  a_defconfig                         - Build for a

External configs in "BARE":
  d_defconfig                         - Build for d

`;

describe("parseDefconfigs", () => {
  it("gives each its tree, by order where descriptions are the same", () => {
    expect(parseDefconfigs(output, "/br", externals)).toEqual([
      { name: "a_defconfig", tree: undefined, path: "/br/configs/a_defconfig" },
      { name: "b_defconfig", tree: undefined, path: "/br/configs/b_defconfig" },
      { name: "sub/c_defconfig", tree: "ONE", path: "/one/configs/sub/c_defconfig" },
      { name: "a_defconfig", tree: "TWO", path: "/two/configs/a_defconfig" },
      { name: "d_defconfig", tree: "BARE", path: "/bare/configs/d_defconfig" },
    ]);
  });
});

describe("chooseDefconfig", () => {
  const list = parseDefconfigs(output, "/br", externals);

  it("takes the last tree's, as Buildroot does", () => {
    expect(chooseDefconfig("a", list).path).toBe("/two/configs/a_defconfig");
    expect(chooseDefconfig("b_defconfig", list).path).toBe("/br/configs/b_defconfig");
  });

  it("throws for a name that is none", () => {
    expect(() => chooseDefconfig("zzz", list)).toThrow(expect.objectContaining({ code: "DEFCONFIG_UNKNOWN" }));
  });
});
