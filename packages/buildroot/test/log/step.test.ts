import { expect, it } from "vitest";
import { parseStep } from "../../src/log/step.js";

it.each([
  [">>> busybox 1.37.0 Building", "busybox", "1.37.0", "Building"],
  [">>> host-tar 1.35 Installing to host directory", "host-tar", "1.35", "Installing to host directory"],
  [">>> toolchain  Configuring", "toolchain", undefined, "Configuring"],
  [">>>   Finalizing target directory", undefined, undefined, "Finalizing target directory"],
  [">>>   Generating filesystem image rootfs.cpio", undefined, undefined, "Generating filesystem image rootfs.cpio"],
  [">>> linux custom-6.12 Patching", "linux", "custom-6.12", "Patching"],
])("%j", (line, name, version, step) => {
  expect(parseStep(line)).toEqual({ package: name, version, step });
});

it.each(["", ">>>", ">>> ", ">>> x", ">>> x y", " >>> a b c", ">>>> a b c"])("%j is no step", (line) => {
  expect(parseStep(line)).toBeUndefined();
});
