import { describe, expect, it } from "vitest";
import { linkCandidates, placeOf } from "../../src/toolchain/place.js";
import { targets } from "../../src/toolchain/target.js";

const native = { gcc: "12", target: targets.x86_64 };
const cross = { gcc: "12", target: targets.aarch64 };

describe("placeOf", () => {
  it.each([
    ["gcc-12", "usr/bin/x86_64-linux-gnu-gcc-12", "compiler/x86_64-linux-gnu-gcc"],
    ["g++-12", "usr/bin/x86_64-linux-gnu-g++-12", "compiler/x86_64-linux-gnu-g++"],
    ["gcc-12", "usr/bin/x86_64-linux-gnu-gcc-ar-12", "bin/x86_64-linux-gnu-gcc-ar"],
    ["gcc-12", "usr/bin/gcc-12", undefined],
    ["gcc-12", "usr/bin/x86_64-linux-gnu-gcov-12", undefined],
    ["cpp-12", "usr/lib/gcc/x86_64-linux-gnu/12/cc1", "lib/gcc/x86_64-linux-gnu/12/cc1"],
    ["gcc-14", "usr/libexec/gcc/x86_64-linux-gnu/12/cc1", "libexec/gcc/x86_64-linux-gnu/12/cc1"],
    ["libgcc-12-dev", "usr/lib/gcc/x86_64-linux-gnu/12/libgcc_s.so", "lib/gcc/x86_64-linux-gnu/12/libgcc_s.so"],
    ["libgcc-12-dev", "usr/lib/gcc/x86_64-linux-gnu/12/libgomp.a", "sysroot/usr/lib/libgomp.a"],
    ["libstdc++-12-dev", "usr/lib/gcc/x86_64-linux-gnu/12/libsupc++.a", "sysroot/usr/lib/libsupc++.a"],
    ["libstdc++-12-dev", "usr/include/c++/12/vector", "sysroot/usr/include/c++/12/vector"],
    [
      "libstdc++-12-dev",
      "usr/include/x86_64-linux-gnu/c++/12/bits/os_defines.h",
      "sysroot/usr/include/c++/12/bits/os_defines.h",
    ],
    ["libc6", "lib/x86_64-linux-gnu/libc.so.6", "sysroot/lib/libc.so.6"],
    ["libc6", "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "sysroot/lib/ld-linux-x86-64.so.2"],
    ["libc6", "usr/lib/x86_64-linux-gnu/gconv/UTF-16.so", undefined],
    ["libc6", "lib64/ld-linux-x86-64.so.2", undefined],
    ["libc6-dev", "usr/lib/x86_64-linux-gnu/crt1.o", "sysroot/usr/lib/crt1.o"],
    ["libstdc++6", "usr/lib/x86_64-linux-gnu/libstdc++.so.6", "sysroot/usr/lib/libstdc++.so.6"],
    ["linux-libc-dev", "usr/include/x86_64-linux-gnu/asm/unistd.h", "sysroot/usr/include/asm/unistd.h"],
    ["linux-libc-dev", "usr/lib/linux/uapi/x86/asm/unistd.h", "sysroot/usr/include/asm/unistd.h"],
    ["linux-libc-dev", "usr/lib/linux/uapi/arm64/asm/unistd.h", undefined],
    ["libc6", "usr/share/doc/libc6/copyright", undefined],
  ])("%s: %s", (name, path, place) => {
    expect(placeOf(name, path, native)).toBe(place);
  });

  it.each([
    ["gcc-12-aarch64-linux-gnu", "usr/bin/aarch64-linux-gnu-gcc-12", "compiler/aarch64-linux-gnu-gcc"],
    [
      "cpp-12-aarch64-linux-gnu",
      "usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1",
      "lib/gcc-cross/aarch64-linux-gnu/12/cc1",
    ],
    [
      "cpp-14-aarch64-linux-gnu",
      "usr/libexec/gcc-cross/aarch64-linux-gnu/12/cc1",
      "libexec/gcc-cross/aarch64-linux-gnu/12/cc1",
    ],
    ["libgcc-12-dev", "usr/lib/gcc/aarch64-linux-gnu/12/crtbegin.o", "lib/gcc-cross/aarch64-linux-gnu/12/crtbegin.o"],
    ["libgcc-12-dev", "usr/lib/gcc/aarch64-linux-gnu/12/libatomic.so", "sysroot/usr/lib/libatomic.so"],
    ["libc6", "lib/aarch64-linux-gnu/ld-linux-aarch64.so.1", "sysroot/lib/ld-linux-aarch64.so.1"],
    ["libc6", "lib/ld-linux-aarch64.so.1", undefined],
    ["libc6-dev", "usr/lib/x86_64-linux-gnu/crt1.o", undefined],
    ["linux-libc-dev", "usr/lib/linux/uapi/arm64/asm/unistd.h", "sysroot/usr/include/asm/unistd.h"],
    ["linux-libc-dev", "usr/lib/linux/uapi/x86/asm/unistd.h", undefined],
    ["binutils-aarch64-linux-gnu", "usr/bin/aarch64-linux-gnu-ld.bfd", "binutils/bin/aarch64-linux-gnu-ld.bfd"],
    [
      "binutils-aarch64-linux-gnu",
      "usr/lib/x86_64-linux-gnu/libbfd-2.40-arm64.so",
      "binutils/lib/libbfd-2.40-arm64.so",
    ],
    [
      "binutils-aarch64-linux-gnu",
      "usr/lib/x86_64-linux-gnu/libctf-arm64.so.0.0.0",
      "binutils/lib/libctf-arm64.so.0.0.0",
    ],
    ["binutils-aarch64-linux-gnu", "usr/lib/aarch64-linux-gnu/bfd-plugins/libdep.so", undefined],
    ["binutils-aarch64-linux-gnu", "usr/aarch64-linux-gnu/bin/ld", undefined],
  ])("for aarch64, %s: %s", (name, path, place) => {
    expect(placeOf(name, path, cross)).toBe(place);
  });

  it("leads a link of Debian's to the library that it meant", () => {
    const gomp = linkCandidates("libgcc-12-dev", "usr/lib/x86_64-linux-gnu/libgomp.so.1", native);
    expect(gomp).toEqual(["sysroot/usr/lib/libgomp.so.1", "sysroot/lib/libgomp.so.1"]);
    const resolv = linkCandidates("libc6-dev", "lib/x86_64-linux-gnu/libresolv.so.2", native);
    expect(resolv).toContain("sysroot/lib/libresolv.so.2");
    expect(linkCandidates("gcc-12", "usr/share/doc/gcc-12-base", native)).toEqual([]);
  });
});
