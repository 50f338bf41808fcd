import { describe, expect, it } from "vitest";
import { linkCandidates, placeOf } from "../../src/toolchain/place.js";

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
    expect(placeOf(name, path, "12")).toBe(place);
  });

  it("leads a link of Debian's to the library that it meant", () => {
    const gomp = linkCandidates("libgcc-12-dev", "usr/lib/x86_64-linux-gnu/libgomp.so.1", "12");
    expect(gomp).toEqual(["sysroot/usr/lib/libgomp.so.1", "sysroot/lib/libgomp.so.1"]);
    const resolv = linkCandidates("libc6-dev", "lib/x86_64-linux-gnu/libresolv.so.2", "12");
    expect(resolv).toContain("sysroot/lib/libresolv.so.2");
    expect(linkCandidates("gcc-12", "usr/share/doc/gcc-12-base", "12")).toEqual([]);
  });
});
