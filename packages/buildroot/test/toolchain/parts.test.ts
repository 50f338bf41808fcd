import { describe, expect, it } from "vitest";
import { glibcVersion, kernelVersion } from "../../src/toolchain/facts.js";
import { relocatedScript } from "../../src/toolchain/finish.js";
import { toolchainFragment } from "../../src/toolchain/fragment.js";
import { targets } from "../../src/toolchain/target.js";
import { pathsRead } from "../../src/toolchain/verify.js";

describe("a toolchain's parts", () => {
  it("linker scripts lose their folders, and nothing else", () => {
    const script = `/* GNU ld script
   See http://example.org/usr/lib/x */
OUTPUT_FORMAT(elf64-x86-64)
GROUP ( /lib/x86_64-linux-gnu/libc.so.6 /usr/lib/x86_64-linux-gnu/libc_nonshared.a  AS_NEEDED ( /lib64/ld-linux-x86-64.so.2 ) )
`;
    expect(relocatedScript(script, "x86_64-linux-gnu")).toBe(`/* GNU ld script
   See http://example.org/usr/lib/x */
OUTPUT_FORMAT(elf64-x86-64)
GROUP ( libc.so.6 libc_nonshared.a  AS_NEEDED ( ld-linux-x86-64.so.2 ) )
`);
    const arm = "GROUP ( /lib/aarch64-linux-gnu/libc.so.6 AS_NEEDED ( /lib/ld-linux-aarch64.so.1 ) )\n";
    expect(relocatedScript(arm, "aarch64-linux-gnu")).toBe("GROUP ( libc.so.6 AS_NEEDED ( ld-linux-aarch64.so.1 ) )\n");
  });

  it("versions come out of the headers", () => {
    expect(kernelVersion("#define LINUX_VERSION_CODE 393408\n#define X 1\n")).toBe("6.0");
    expect(kernelVersion("#define LINUX_VERSION_CODE 331520\n")).toBe("5.15");
    expect(kernelVersion("")).toBeUndefined();
    expect(glibcVersion("#define\t__GLIBC__\t2\n#define\t__GLIBC_MINOR__\t36\n")).toBe("2.36");
    expect(glibcVersion("#define __GLIBC__ 2\n")).toBeUndefined();
  });

  it("the fragment says what the toolchain is", () => {
    const facts = { gcc: "12.2.0", headers: "5.15", glibc: "2.36", cxx: true, openmp: false, rpc: false };
    const lines = toolchainFragment("/c/t", targets.x86_64, facts).split("\n");
    for (const line of [
      "BR2_x86_64=y",
      'BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX="x86_64-linux-gnu"',
      'BR2_TOOLCHAIN_EXTERNAL_PATH="/c/t"',
      "BR2_TOOLCHAIN_EXTERNAL_GCC_12=y",
      "BR2_TOOLCHAIN_EXTERNAL_HEADERS_5_15=y",
      "BR2_TOOLCHAIN_EXTERNAL_CXX=y",
      "# BR2_TOOLCHAIN_EXTERNAL_OPENMP is not set",
      "# BR2_TOOLCHAIN_EXTERNAL_INET_RPC is not set",
    ]) {
      expect(lines).toContain(line);
    }
    const arm = toolchainFragment("/c/t", targets.aarch64, facts).split("\n");
    expect(arm).toContain("BR2_aarch64=y");
    expect(arm).toContain('BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX="aarch64-linux-gnu"');
  });

  it("headers, objects and libraries are found in what the compiler says, programs are not", () => {
    const output = `Target: x86_64-linux-gnu
 /t/compiler/../lib/gcc/x86_64-linux-gnu/12/cc1 -quiet -v test.c
ignoring nonexistent directory "/t/none"
#include "..." search starts here:
#include <...> search starts here:
 /t/lib/gcc/x86_64-linux-gnu/12/include
 /usr/local/include
End of search list.
. /t/sysroot/usr/include/stdio.h
.. /usr/include/features.h
COMPILER_PATH=/t/bin/:/usr/lib/
/t/sysroot/usr/lib/crt1.o
/tmp/x/ccAb12Cd.o
/t/lib/gcc/x86_64-linux-gnu/12/libgcc.a
(/t/sysroot/usr/lib/libc_nonshared.a)elf-init.oS
/t/sysroot/usr/lib/libc.a(printf.o)
/usr/lib/libm.so.6
/usr/bin/ld: warning: something
`;
    expect(pathsRead(output)).toEqual([
      "/t/lib/gcc/x86_64-linux-gnu/12/include",
      "/usr/local/include",
      "/t/sysroot/usr/include/stdio.h",
      "/usr/include/features.h",
      "/t/sysroot/usr/lib/crt1.o",
      "/t/lib/gcc/x86_64-linux-gnu/12/libgcc.a",
      "/t/sysroot/usr/lib/libc.a",
      "/usr/lib/libm.so.6",
    ]);
  });
});
