import { describe, expect, it } from "vitest";
import { detectDialect, findDialect, memoryHost } from "../../src/index.js";

const named = (files: Readonly<Record<string, string>>): string | undefined =>
  detectDialect("src", memoryHost(files))?.name;
const linux = (version: number, patchLevel: number): string | undefined =>
  named({
    "src/scripts/kconfig/conf.c": "",
    "src/Makefile": `# SPDX\nVERSION = ${version}\nPATCHLEVEL = ${patchLevel}\nSUBLEVEL = 0\n`,
  });

describe("detectDialect", () => {
  it("knows trees by where their tool is", () => {
    expect(named({ "src/support/kconfig/conf.c": "" })).toBe("buildroot");
    expect(named({ "src/util/kconfig/conf.c": "" })).toBe("coreboot");
    expect(named({ "src/Kconfig": "" })).toBeUndefined();
    expect(named({ "src/scripts/kconfig/conf.c": "" })).toBeUndefined();
  });

  it("knows the versions of Linux and its relatives by the Makefile", () => {
    expect([linux(4, 19), linux(6, 1), linux(6, 10)]).toEqual(["linux-6.1", "linux-6.1", "linux-6.1"]);
    expect([linux(6, 11), linux(6, 12), linux(6, 17)]).toEqual(["linux-6.12", "linux-6.12", "linux-6.12"]);
    expect([linux(6, 18), linux(7, 0), linux(7, 2)]).toEqual(["linux-6.18", "linux-7.2", "linux-7.2"]);
    expect([linux(7, 3), linux(8, 0)]).toEqual(["linux", "linux"]);
    expect([linux(2025, 1), linux(1, 38)]).toEqual(["u-boot", "busybox"]);
  });

  it("names the nearest dialect for one that does not exist", () => {
    expect(() => findDialect("buildrot")).toThrow('There is no dialect "buildrot".');
  });
});
