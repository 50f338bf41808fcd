import { describe, expect, it } from "vitest";
import { linuxEnvironment, markerHolds } from "../../../src/python/standards/marker.js";

const environment = linuxEnvironment("3.14.5", "x86_64");

describe("markerHolds for Python 3.14 on Linux", () => {
  it.for([
    ["python_version >= '3.10'", true],
    ["python_version<'3.9'", false],
    ["python_version == '3.14.*'", true],
    ['sys_platform == "win32" or python_version > "3.9"', true],
    ["(sys_platform == 'win32' or os_name == 'nt') and python_version > '3.9'", false],
    ["sys_platform == 'linux' and platform_machine in 'x86_64 aarch64'", true],
    ["platform_python_implementation != 'PyPy'", true],
    ["'arm' not in platform_machine", true],
    ["extra == 'test'", false],
    ["python_full_version < '3.11.0a7'", false],
  ] as const)("%s: %s", ([marker, expected]) => expect(markerHolds(marker, environment)).toBe(expected));

  it.for([
    "python_version >=",
    "nonsense == '1'",
    "(os_name == 'posix'",
    "os_name == 'posix' os_name",
    "os_name = 'a'",
  ])("%s is no marker", (marker) =>
    expect(() => markerHolds(marker, environment)).toThrow(expect.objectContaining({ name: "MarkerSyntaxError" })),
  );
});
