// Compilers, linkers, interpreters, configure, CMake, Meson; what is installed; disk and memory.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const cc = (args) => `$(HOSTCC) ${args}`;
const expected = (name, step, kind, line) => ({ package: `host-${name}`, step, kind, line });

/** A package whose build command is one line. */
function building(name, kind, line, files, build) {
  return {
    name,
    packages: [{ name, files, build: `cd $(@D) && ${build}` }],
    expected: expected(name, "Building", kind, line),
  };
}

const program = "int main(void) { return 0; }\n";
/** Takes a compiler long enough to be killed. */
const endless = `#define A(x) x x x x x x x x x x\n#define B A(A(A(A(int f();))))\n${"B\n".repeat(40)}`;

export const buildCases = [
  building(
    "gcc-undeclared",
    "compiler",
    "main\\.c:1:\\d+: error: 'missing' undeclared",
    { "main.c": "int main(void) { return missing; }\n" },
    cc("-c main.c"),
  ),
  building(
    "gcc-header",
    "compiler",
    "main\\.c:2:\\d+: fatal error: absent/header\\.h: No such file",
    { "main.c": "#include <stdio.h>\n#include <absent/header.h>\n" },
    cc("-c main.c"),
  ),
  building(
    "gcc-werror",
    "compiler",
    "util\\.c:1:\\d+: error: unused variable 'x' \\[-Werror=unused-variable\\]",
    { "util.c": "int f(void) { int x; return 0; }\n" },
    cc("-Wall -Werror -c util.c"),
  ),
  building(
    "gcc-many",
    "compiler",
    "b\\.c:1:\\d+: error: expected",
    {
      "a.c": "int a(void) { int unused; return 0; }\n",
      "b.c": "int b( { return 0; }\n",
      "c.c": "int c(void) { return nothing; }\n",
      Makefile: "all: a.o b.o c.o\n%.o: %.c\n\tgcc -Wall -c $< -o $@\n",
    },
    "$(MAKE) -k",
  ),
  building(
    "gxx-template",
    "compiler",
    "x\\.cc:2:\\d+: error: (?:no match|'class|static assertion)",
    { "x.cc": '#include <vector>\nstatic_assert(sizeof(std::vector<int>) == 1, "small");\n' },
    "$(HOSTCXX) -std=c++17 -c x.cc",
  ),
  building(
    "gcc-option",
    "compiler",
    "gcc: error: unrecognized command-line option '-mno-such-thing'",
    { "x.c": program },
    cc("-mno-such-thing -c x.c"),
  ),
  building(
    "ld-undefined",
    "compiler",
    "undefined reference to `absent_function'",
    { "x.c": "int absent_function(void);\nint main(void) { return absent_function(); }\n" },
    cc("x.c -o x"),
  ),
  building("ld-library", "compiler", "cannot find -lnosuchlibrary", { "x.c": program }, cc("x.c -lnosuchlibrary -o x")),
  building(
    "ld-multiple",
    "compiler",
    "multiple definition of `twice'",
    {
      "a.c": "int twice(void) { return 1; }\n",
      "b.c": "int twice(void) { return 2; }\nint main(void) { return twice(); }\n",
    },
    cc("a.c b.c -o x"),
  ),
  building(
    "ld-format",
    "compiler",
    "x\\.o: file (?:format )?not recognized|x\\.o:.*syntax error",
    { "x.o": "no object\n" },
    cc("x.o -o x"),
  ),
  building(
    "as-instruction",
    "compiler",
    "x\\.s:1: Error: no such instruction: `frobnicate",
    { "x.s": "frobnicate %eax\n" },
    cc("-c x.s"),
  ),
  building(
    "rustc-name",
    "compiler",
    "error\\[E0425\\]: cannot find value `absent`",
    { "main.rs": 'fn main() { println!("{}", absent); }\n' },
    "rustc main.rs",
  ),
  building(
    "go-name",
    "compiler",
    "main\\.go:3:\\d+: undefined: absent",
    { "main.go": "package main\n\nfunc main() { absent() }\n", "go.mod": "module x\n\ngo 1.20\n" },
    "GOTOOLCHAIN=local GOCACHE=$(@D)/cache go build ./...",
  ),
  building(
    "python-module",
    "compiler",
    "ModuleNotFoundError: No module named 'absent_module'",
    { "setup.py": "import sys\nimport absent_module\n" },
    "/usr/bin/python3 setup.py build",
  ),
  building(
    "python-syntax",
    "compiler",
    "SyntaxError: ",
    { "gen.py": "def f(:\n    pass\n" },
    "/usr/bin/python3 gen.py",
  ),
  building(
    "perl-module",
    "compiler",
    "Can't locate Absent/Module\\.pm in @INC",
    { "gen.pl": "use strict;\nuse Absent::Module;\n" },
    "perl gen.pl",
  ),
  building(
    "shell-syntax",
    "compiler",
    "gen\\.sh: (?:line )?\\d+: [Ss]yntax error",
    { "gen.sh": "#!/bin/sh\nif true; then\n  echo )\nfi\n" },
    "sh gen.sh",
  ),
  building(
    "tool-missing",
    "tool",
    "frobnicate-doc: (?:command )?not found|frobnicate-doc: No such file",
    { Makefile: "all:\n\t@frobnicate-doc x.txt\n" },
    "$(MAKE)",
  ),
  building(
    "tool-shell",
    "tool",
    "absent-generator: (?:command )?not found",
    { "gen.sh": "#!/bin/sh\nset -e\necho generating\nabsent-generator --all | cat > out\nabsent-generator\n" },
    "sh gen.sh",
  ),
  building(
    "tool-interpreter",
    "tool",
    "bad interpreter|env: .*python2\\.4.*No such file",
    { "gen.sh": "#!/usr/bin/env python2.4\nprint 1\n" },
    "./gen.sh",
  ),
  building(
    "make-rule",
    "makefile",
    "No rule to make target 'absent\\.h', needed by 'x\\.o'",
    { "x.c": program, Makefile: "x.o: x.c absent.h\n\tgcc -c x.c\n" },
    "$(MAKE)",
  ),
  building(
    "make-syntax",
    "makefile",
    "Makefile:2: \\*\\*\\* missing separator",
    { Makefile: "all:\n    echo spaces\n" },
    "$(MAKE)",
  ),
  building(
    "harmless-before",
    "compiler",
    "real\\.c:1:\\d+: error: unknown type name 'strange'",
    {
      "probe.sh":
        "#!/bin/sh\necho 'checking for error: handling... no'\necho 'warning: error reporting is off'\necho '0 errors, 0 failed'\n",
      "real.c": "strange f(void);\n",
    },
    `sh probe.sh && ${cc("-c real.c")}`,
  ),
  building(
    "tests-failed",
    "unknown",
    "FAILED: test_answer|FAIL: test_answer|1 of 2 tests failed",
    { "check.sh": "#!/bin/sh\necho 'PASS: test_one'\necho 'FAIL: test_answer'\necho '1 of 2 tests failed'\nexit 1\n" },
    "sh check.sh",
  ),
  building(
    "silent",
    "unknown",
    "sh x\\.sh",
    { "x.sh": "#!/bin/sh\necho 'first line'\necho 'half way'\necho 'third line'\nexit 7\n" },
    "sh x.sh",
  ),
  building(
    "memory-limit",
    "memory",
    "Cannot allocate memory|out of memory|virtual memory exhausted|memory exhausted",
    { "x.c": endless },
    `(ulimit -v 60000; ${cc("-c x.c")})`,
  ),
  building(
    "memory-python",
    "memory",
    "MemoryError",
    {
      "x.py":
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))\nprint('allocating')\nx = bytearray(1 << 30)\n",
    },
    "/usr/bin/python3 x.py",
  ),
  building(
    "memory-killed",
    "memory",
    "Killed signal terminated program cc1",
    { "x.c": program, "bin/cc1": "#!/bin/sh\nkill -9 $$\n" },
    `chmod +x bin/cc1 && ${cc("-B bin/ -c x.c")}`,
  ),
  building("memory-recipe", "memory", "Killed", { Makefile: "all:\n\t@sh -c 'kill -9 $$$$'\n" }, "$(MAKE)"),
  building("disk-full", "disk", "No space left on device", { "x.c": program }, `${cc("-c x.c")} && cp x.o /dev/full`),
  building("disk-compiler", "disk", "No space left on device", { "x.c": program }, cc("-S x.c -o /dev/full")),
  {
    name: "disk-tmpfs",
    packages: [
      {
        name: "disk-tmpfs",
        files: { "x.c": program },
        build: "head -c 4000000 /dev/zero > $(BR2_EXTERNAL_CORPUS_PATH)/small/object.o",
      },
    ],
    prepare: ({ external }) => {
      mkdirSync(join(external, "small"));
      spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", join(external, "small")]);
    },
    after: ({ external }) => spawnSync("umount", [join(external, "small")]),
    expected: expected("disk-tmpfs", "Building", "disk", "No space left on device"),
  },

  {
    name: "install-missing",
    packages: [
      { name: "install-missing", build: "true", install: "$(INSTALL) -D -m 0755 $(@D)/absent $(HOST_DIR)/bin/absent" },
    ],
    expected: expected(
      "install-missing",
      "Installing to host directory",
      "install",
      "install: cannot stat '.*/absent': No such file",
    ),
  },
  {
    name: "install-folder",
    packages: [
      {
        name: "install-folder",
        files: { "x.txt": "x\n" },
        build: "true",
        install: "mkdir -p $(HOST_DIR)/share && cp $(@D)/x.txt $(HOST_DIR)/share/no/such/folder/",
      },
    ],
    expected: expected(
      "install-folder",
      "Installing to host directory",
      "install",
      "cp: cannot create regular file '.*': (?:No such file|Not a directory)",
    ),
  },
  {
    name: "install-rpath",
    packages: [
      {
        name: "install-rpath",
        files: {
          "lib.c": "int value(void) { return 1; }\n",
          "x.c": "int value(void);\nint main(void) { return value(); }\n",
        },
        build: "cd $(@D) && gcc -shared -fPIC lib.c -o libvalue.so && gcc x.c -L. -lvalue -o uses-value",
        install:
          "$(INSTALL) -D $(@D)/libvalue.so $(HOST_DIR)/lib/libvalue.so && $(INSTALL) -D $(@D)/uses-value $(HOST_DIR)/bin/uses-value",
      },
    ],
    expected: expected(
      "install-rpath",
      "Installing to host directory",
      "install",
      "ERROR: package host-install-rpath installs executables without proper RPATH",
    ),
  },
];
