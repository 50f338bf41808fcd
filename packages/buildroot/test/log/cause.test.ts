import { describe, expect, it } from "vitest";
import { CauseFinder, type Cause } from "../../src/log/cause.js";
import { causeScanner } from "../../src/log/explain.js";

function causeOf(log: string): Cause {
  const finder = new CauseFinder();
  const scanner = causeScanner(finder);
  scanner.push(Buffer.from(log.trimStart()));
  scanner.end();
  return finder.result();
}

const stop = (target: string): string =>
  `make[1]: *** [package/pkg-generic.mk:273: /o/build/${target}] Error 1\nmake: *** [Makefile:83: _all] Error 2`;

describe("CauseFinder", () => {
  it("names the first compiler error of the failing step, not warnings nor an earlier step's", () => {
    const cause = causeOf(`
>>> host-foo 2.1 Configuring
checking for error: handling... no
conftest.c:3: error: unknown type name 'off64_t'
configure: WARNING: no docs
>>> host-foo 2.1 Building
foo.c:1:1: warning: unused
foo.c:7:3: error: 'x' undeclared (first use in this function)
foo.c:9:1: fatal error: bar.h: No such file or directory
make[3]: *** [Makefile:3: foo.o] Error 1
make[2]: *** [Makefile:9: all] Error 2
${stop("host-foo-2.1/.stamp_built")}`);
    expect(cause).toMatchObject({ package: "host-foo", version: "2.1", step: "Building", kind: "compiler" });
    expect(cause.lines.slice(0, 2)).toEqual([
      "foo.c:7:3: error: 'x' undeclared (first use in this function)",
      "foo.c:9:1: fatal error: bar.h: No such file or directory",
    ]);
    expect(cause.lines.at(-1)).toContain(".stamp_built] Error 1");
  });

  it.each([
    [
      "hash",
      "Downloading",
      "ERROR: while checking hashes from package/foo/foo.hash\nERROR: foo-1.tar.gz has wrong sha256 hash:\nERROR: expected: aa",
      "downloaded",
    ],
    [
      "patch",
      "Patching",
      "Applying 0001-x.patch using patch:\nHunk #1 FAILED at 3.\n1 out of 1 hunk FAILED",
      "patched",
    ],
    ["configure", "Configuring", "configure: error: no acceptable ld found in $PATH", "configured"],
    ["configure", "Configuring", "CMake Error at CMakeLists.txt:4 (find_package):", "configured"],
    ["configure", "Configuring", '../meson.build:12:0: ERROR: Dependency "x" not found', "configured"],
    ["download", "Downloading", "wget: unable to resolve host address 'example.org'", "downloaded"],
    ["download", "Downloading", "2026-01-01 10:00:00 ERROR 404: Not Found.", "downloaded"],
    [
      "toolchain",
      "Configuring",
      "RPC support not available in C library, please disable BR2_TOOLCHAIN_EXTERNAL_INET_RPC",
      "configured",
    ],
    [
      "compiler",
      "Building",
      "/usr/bin/ld: x.o: in function `main':\nx.c:(.text+0x5): undefined reference to `f'",
      "built",
    ],
    ["tool", "Building", "/bin/bash: line 1: flex: command not found", "built"],
    ["tool", "Building", "make[2]: rsync: No such file or directory", "built"],
  ])("kind %s at %s", (kind, step, lines, stamp) => {
    const cause = causeOf(`>>> foo 1 ${step}\n${lines}\n${stop(`foo-1/.stamp_${stamp}`)}`);
    expect(cause).toMatchObject({ package: "foo", version: "1", step, kind });
    expect(lines).toContain(cause.lines[0]);
  });

  it("gives the last lines when none of them speaks of an error", () => {
    const cause = causeOf(`>>> foo 1 Building\none\ntwo\nthree\n${stop("foo-1/.stamp_built")}`);
    expect(cause.kind).toBe("unknown");
    expect(cause.lines.slice(0, -1)).toEqual(["one", "two", "three"]);
  });

  it("finds the package by its folder when packages run in parallel", () => {
    const cause = causeOf(`
>>> foo 1 Building
>>> bar-baz 2.0 Extracting
foo.c:1:1: error: no
>>> qux 3 Building
${stop("foo-1/.stamp_built")}
other.c:2:2: error: too late`);
    expect(cause).toMatchObject({ package: "foo", version: "1", step: "Building", kind: "compiler" });
    expect(cause.lines[0]).toBe("foo.c:1:1: error: no");
  });

  it("knows a package that has said nothing by its folder's name", () => {
    const cause = causeOf(stop("host-gcc-final-14.3.0/.stamp_downloaded"));
    expect(cause).toMatchObject({ package: "host-gcc-final", version: "14.3.0", step: "Downloading" });
    expect(causeOf("make: *** [package/pkg.mk:1: /o/build/toolchain/.stamp_configured] Error 1").package).toBe(
      "toolchain",
    );
  });

  it("names a global step that failed", () => {
    const cause = causeOf(`
>>>   Finalizing target directory
>>>   Executing post-build script board/x.sh
board/x.sh: line 3: mkimage: command not found
make[1]: *** [Makefile:735: target-finalize] Error 127
make: *** [Makefile:83: _all] Error 2`);
    expect(cause).toMatchObject({
      package: undefined,
      step: "Executing post-build script board/x.sh",
      kind: "tool",
    });
    expect(cause.lines).toEqual([
      "board/x.sh: line 3: mkimage: command not found",
      "make[1]: *** [Makefile:735: target-finalize] Error 127",
    ]);
  });

  it.each([
    [
      `Makefile.legacy:9: *** "You have legacy configuration in your .config! Please check your configuration.".  Stop.`,
      "configuration",
    ],
    ["package/foo/foo.mk:3: *** missing separator.  Stop.", "makefile"],
    ["make: *** No rule to make target 'nonsense'.  Stop.", "makefile"],
    ["Makefile:199: *** '/x': no such file or directory.  Stop.", "configuration"],
  ])("%s", (line, kind) => {
    const cause = causeOf(line);
    expect(cause).toMatchObject({ package: undefined, step: undefined, kind });
    expect(cause.lines.at(-1)).toBe(line);
  });

  it("names what the host lacks", () => {
    const cause = causeOf(`
You must install 'rsync' on your build machine
make[1]: *** [support/dependencies/dependencies.mk:27: dependencies] Error 1
make: *** [Makefile:83: _all] Error 2`);
    expect(cause).toMatchObject({ package: undefined, kind: "dependency" });
    expect(cause.lines[0]).toBe("You must install 'rsync' on your build machine");
  });

  it("keeps little of a huge log", () => {
    const finder = new CauseFinder();
    const scanner = causeScanner(finder);
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 300_000; index++) {
      if (index % 3000 === 0) scanner.push(Buffer.from(`>>> p${index % 50} 1 Building\n`));
      const line = index % 7 === 0 ? `x.c:${index}: error: number ${index}` : `gcc -c file${index}.c -o file${index}.o`;
      scanner.push(Buffer.from(`${line}\n`));
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60e6);
    scanner.push(Buffer.from("make: *** [x.mk:1: /o/build/p0-1/.stamp_built] Error 1\n"));
    expect(finder.result().lines.length).toBeLessThan(20);
  });
});
