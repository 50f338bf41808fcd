// autoconf, CMake, Meson, by the real ones.
const program = "int main(void) { return 0; }\n";
const expected = (name, step, kind, line) => ({ package: `host-${name}`, step, kind, line });

function configuring(name, line, files, more, kind = "configure") {
  return { name, packages: [{ name, files, ...more }], expected: expected(name, "Configuring", kind, line) };
}

/** A configure script made by the real autoconf. */
function autoconf(name, line, text) {
  return {
    ...configuring(
      name,
      line,
      { "configure.ac": `AC_INIT([x], [1])\n${text}\nAC_OUTPUT\n` },
      { configure: "cd $(@D) && autoconf && ./configure", build: "true" },
    ),
  };
}

export const configureCases = [
  autoconf(
    "ac-error",
    "configure: error: libabsent is required",
    "AC_PROG_CC\nAC_CHECK_LIB([absent], [f], [], [AC_MSG_ERROR([libabsent is required])])",
  ),
  autoconf(
    "ac-header",
    "configure: error: absent\\.h not found",
    "AC_PROG_CC\nAC_CHECK_HEADER([stdlib.h])\nAC_CHECK_HEADER([absent.h], [], [AC_MSG_ERROR([absent.h not found])])",
  ),
  {
    ...configuring(
      "ac-compiler",
      "configure: error: (?:in |C compiler cannot create executables|no acceptable C compiler)",
      { "configure.ac": "AC_INIT([x], [1])\nAC_PROG_CC\nAC_OUTPUT\n" },
      { configure: "cd $(@D) && autoconf && ./configure CC=false", build: "true" },
    ),
  },
  configuring(
    "ac-macro",
    "configure\\.ac:2: error: possibly undefined macro: AM_ABSENT_MACRO",
    { "configure.ac": "AC_INIT([x], [1])\nAM_ABSENT_MACRO\nAC_OUTPUT\n" },
    { configure: "cd $(@D) && autoreconf -i", build: "true" },
  ),
  configuring(
    "ac-pkgconfig",
    "configure: error: Package requirements \\(absent-lib >= 2\\) were not met",
    { "configure.ac": "AC_INIT([x], [1])\nPKG_CHECK_MODULES([ABSENT], [absent-lib >= 2])\nAC_OUTPUT\n" },
    { configure: "cd $(@D) && aclocal && autoconf && ./configure PKG_CONFIG=/usr/bin/pkg-config", build: "true" },
  ),
  configuring("ac-absent", "configure: (?:not found|No such file)", {}, { infrastructure: "autotools" }, "tool"),
  configuring(
    "cmake-package",
    "CMake Error at CMakeLists\\.txt:3 \\(find_package\\):",
    { "CMakeLists.txt": "cmake_minimum_required(VERSION 3.18)\nproject(x C)\nfind_package(Absent REQUIRED)\n" },
    { configure: "cd $(@D) && /usr/bin/cmake .", build: "cd $(@D) && /usr/bin/make" },
  ),
  configuring(
    "cmake-version",
    "CMake Error at CMakeLists\\.txt:1 \\(cmake_minimum_required\\):",
    { "CMakeLists.txt": "cmake_minimum_required(VERSION 99.1)\nproject(x C)\n" },
    { configure: "cd $(@D) && /usr/bin/cmake .", build: "cd $(@D) && /usr/bin/make" },
  ),
  configuring(
    "cmake-message",
    "CMake Error at CMakeLists\\.txt:3 \\(message\\):",
    {
      "CMakeLists.txt":
        'cmake_minimum_required(VERSION 3.18)\nproject(x C)\nmessage(FATAL_ERROR "needs a feature of 64 bits")\n',
    },
    { configure: "cd $(@D) && /usr/bin/cmake .", build: "cd $(@D) && /usr/bin/make" },
  ),
  configuring(
    "cmake-pkgconfig",
    "CMake Error at .*FindPkgConfig\\.cmake|The following required packages were not found",
    {
      "CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.18)\nproject(x C)\nfind_package(PkgConfig REQUIRED)\npkg_check_modules(ABSENT REQUIRED absent-lib)\n",
    },
    { configure: "cd $(@D) && /usr/bin/cmake .", build: "true" },
  ),
  {
    name: "cmake-build",
    packages: [
      {
        name: "cmake-build",
        configure: "cd $(@D) && /usr/bin/cmake .",
        build: "cd $(@D) && /usr/bin/make",
        files: {
          "CMakeLists.txt":
            "cmake_minimum_required(VERSION 3.18)\nproject(x C)\nadd_executable(x src/one.c src/two.c)\n",
          "src/one.c": program,
          "src/two.c": "int two(void) { return 1 }\n",
        },
      },
    ],
    expected: expected("cmake-build", "Building", "compiler", "src/two\\.c:1:\\d+: error: expected ';' before '}'"),
  },
  configuring(
    "meson-dependency",
    'meson\\.build:2:\\d+: ERROR: Dependency "absent-lib" not found',
    { "meson.build": "project('x', 'c')\ndependency('absent-lib')\n" },
    { configure: "cd $(@D) && /usr/bin/meson setup build", build: "true" },
  ),
  configuring(
    "meson-option",
    'ERROR: Unknown options?: "absent"',
    { "meson.build": "project('x', 'c')\n" },
    { configure: "cd $(@D) && /usr/bin/meson setup -Dabsent=true build", build: "true" },
  ),
  configuring(
    "meson-syntax",
    "meson\\.build:2:\\d+: ERROR: ",
    { "meson.build": "project('x', 'c')\nexecutable('x', 'x.c'\n" },
    { configure: "cd $(@D) && /usr/bin/meson setup build", build: "true" },
  ),
  {
    name: "ninja-compile",
    packages: [
      {
        name: "ninja-compile",
        files: {
          "meson.build": "project('x', 'c')\nexecutable('x', ['a.c', 'b.c'])\n",
          "a.c": program,
          "b.c": '#include "absent.h"\n',
        },
        configure: "cd $(@D) && /usr/bin/meson setup build",
        build: "ninja -C $(@D)/build",
      },
    ],
    expected: expected("ninja-compile", "Building", "compiler", "b\\.c:1:\\d+: fatal error: absent\\.h: No such file"),
  },
];
