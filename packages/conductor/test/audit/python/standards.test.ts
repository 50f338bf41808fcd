import { describe, expect, it } from "vitest";
import { linuxEnvironment, markerHolds } from "../../../src/audit/python/marker.js";
import { parseRequirement } from "../../../src/audit/python/requirement.js";
import { satisfies } from "../../../src/audit/python/version.js";

describe("parseRequirement", () => {
  it.each([
    ["oslo.config>=9.7.1", { name: "oslo-config", specifiers: ">=9.7.1", extras: [], marker: undefined }],
    ["PyYAML (>=5.1, <7)", { name: "pyyaml", specifiers: ">=5.1,<7", extras: [], marker: undefined }],
    [
      "requests[socks,Use_Chardet] ; extra == 'x'",
      { name: "requests", specifiers: "", extras: ["socks", "use-chardet"], marker: "extra == 'x'" },
    ],
    ["a @ https://example.org/a.whl", { name: "a", specifiers: "", extras: [], marker: undefined }],
  ])("reads %s", (text, expected) => {
    expect(parseRequirement(text)).toEqual(expected);
  });

  it("refuses what is none", () => {
    expect([parseRequirement(""), parseRequirement(">=1")]).toEqual([undefined, undefined]);
  });
});

describe("satisfies", () => {
  it.each([
    ["10.7.0", ">=9.7.1", true],
    ["9.7", ">=9.7.0,<10", true],
    ["9.7.0rc1", ">=9.7.0", false],
    ["9.7.0.post1", ">=9.7.0", true],
    ["1.0.dev3", "<1.0", true],
    ["2.1.0", "!=2.1.0,>=2.0", false],
    ["1.4.9", "~=1.4.2", true],
    ["1.5", "~=1.4.2", false],
    ["3.2.1", "==3.2.*", true],
    ["3.3", "!=3.2.*", true],
    ["1.0", "==1.0.0", true],
    ["unknown", ">=1", true],
  ])("%s %s is %s", (version, specifiers, expected) => {
    expect(satisfies(version, specifiers)).toBe(expected);
  });
});

describe("markerHolds", () => {
  const environment = linuxEnvironment("3.11");
  it.each([
    ['python_version < "3.11"', false],
    ['python_version >= "3.9"', true],
    ["sys_platform == 'win32' or (os_name == 'posix' and python_version>='3.8')", true],
    ["sys_platform == 'win32' and os_name == 'posix' or 'linux' in sys_platform", true],
    ["platform_machine not in 'x86_64 aarch64'", false],
    ["extra == 'test'", false],
    ["nonsense", true],
    ["(".repeat(5000), true],
  ])("%s is %s", (marker, expected) => {
    expect(markerHolds(marker, environment)).toBe(expected);
  });
});
