import { describe, expect, it } from "vitest";
import { compareVersions, satisfies } from "../../../src/python/standards/version.js";

describe("compareVersions", () => {
  // The order that PEP 440 gives as an example, and a few of its forms that are alike.
  const ascending = [
    ..."1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456".split(" "),
    ..."1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1.1 1!0.1".split(" "),
  ];
  it("orders what the specification orders", () => {
    for (const [i, a] of ascending.entries())
      for (const [j, b] of ascending.entries()) expect([a, b, compareVersions(a, b)]).toEqual([a, b, Math.sign(i - j)]);
  });

  it.for([
    ["1.0", "1.0.0"],
    ["1.0-1", "1.0.post1"],
    ["v2.0", "2.0"],
    ["1.0RC1", "1.0c1"],
    ["2.9.0+local.1", "2.9.0"],
  ])("%s equals %s", ([a, b]) => expect(compareVersions(a!, b!)).toBe(0));

  it("has no answer for what is no version", () => expect(compareVersions("1.0", "latest")).toBeUndefined());
});

describe("satisfies", () => {
  it.for([
    ["2.0.1", ">=1.7.0", true],
    ["2.0.1", ">=2.1,<3", false],
    ["2.9.0.post0", "==2.9.0", false],
    ["2.9.0.post0", ">=2.7.0", true],
    ["5.7.0", "==5.*", true],
    ["5.7.0", "!=5.7.*", false],
    ["2.1.5", "~=2.1", true],
    ["3.0", "~=2.1", false],
    ["2.2", "~=2.1.3", false],
    ["1.0", "", true],
    ["80.9.0", ">= 21.0.0,!=24.0.0", true],
    ["1.0", "===1.0", true],
    ["1.0.0", "===1.0", false],
    ["1.0", "=>1", false],
  ] as const)("%s is within %j: %s", ([version, specifier, expected]) =>
    expect(satisfies(version, specifier)).toBe(expected),
  );
});
