import { expect, it } from "vitest";
import { buildrootVersion, compareVersions, gnuMakeVersion } from "../src/version.js";

it("reads Buildroot's version", () => {
  expect(buildrootVersion("# x\nexport BR2_VERSION := 2026.02.3\nBR2_VERSION_EPOCH = 1\n")).toBe("2026.02.3");
  expect(buildrootVersion("BR2_VERSION = 2026.05-rc1\n")).toBe("2026.05-rc1");
  expect(buildrootVersion("BR2_VERSION_EPOCH = 1\n")).toBeUndefined();
});

it("reads and compares make's version", () => {
  expect(gnuMakeVersion("GNU Make 4.3\nBuilt for x\n")).toBe("4.3");
  expect(gnuMakeVersion("bmake 2020\n")).toBeUndefined();
  expect(compareVersions("4.3", "3.81")).toBeGreaterThan(0);
  expect(compareVersions("3.80", "3.81")).toBeLessThan(0);
  expect(compareVersions("10.0", "9")).toBeGreaterThan(0);
  expect(compareVersions("4", "4.0")).toBe(0);
});
