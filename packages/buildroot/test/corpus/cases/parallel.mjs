// Several packages at once (-jN with per-package directories): lines of all of them stand in one log, nobody's name on them.
const wait = (seconds) => `sleep ${seconds}`;

/** A neighbour that says things like errors all the while, and ends well. */
const noisy = (name, text) => ({
  name,
  files: {
    "noise.sh": `#!/bin/sh\nfor i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do\n  echo "${text}"\n  sleep 0.1\ndone\n`,
  },
  build: "sh $(@D)/noise.sh",
});

const parallel = (name, packages, expected) => ({
  name: `parallel-${name}`,
  packages,
  config: () => ["BR2_PER_PACKAGE_DIRECTORIES=y"],
  args: () => ["-j4"],
  targets: packages.map((one) => `host-${one.name}`),
  expected,
});

const failing = (name, text, seconds = 0.8) => ({
  name,
  files: { "main.c": text, Makefile: "all: main.o\nmain.o: main.c\n\tgcc -c main.c -o main.o\n" },
  build: `${wait(seconds)}; $(MAKE) -C $(@D)`,
});

export const parallelCases = [
  parallel(
    "quiet",
    [failing("alpha", "int main(void) { return absent_alpha; }\n"), { name: "beta", build: wait(1.5) }],
    {
      package: "host-alpha",
      step: "Building",
      kind: "compiler",
      line: "main\\.c:1:\\d+: error: 'absent_alpha' undeclared",
    },
  ),
  parallel(
    "noisy",
    [
      failing("alpha", "int main(void) { return absent_alpha; }\n"),
      noisy("beta", "conftest.c:7: error: 'probe' undeclared"),
      { name: "gamma", build: wait(2) },
    ],
    {
      package: "host-alpha",
      step: "Building",
      kind: "compiler",
      line: "main\\.c:1:\\d+: error: 'absent_alpha' undeclared",
    },
  ),
  parallel(
    "generic-noise",
    [
      failing("alpha", '#include "absent_alpha.h"\n'),
      noisy("beta", "error: optional feature is off"),
      noisy("gamma", "E: something failed: retrying"),
    ],
    {
      package: "host-alpha",
      step: "Building",
      kind: "compiler",
      line: "main\\.c:1:\\d+: fatal error: absent_alpha\\.h",
    },
  ),
  parallel(
    "two-fail",
    [
      failing("alpha", "int main(void) { return absent_alpha; }\n", 0.5),
      failing("beta", "int main(void) { return absent_beta; }\n", 1.2),
    ],
    {
      package: "host-alpha",
      step: "Building",
      kind: "compiler",
      line: "main\\.c:1:\\d+: error: 'absent_alpha' undeclared",
      alsoFailed: ["host-beta"],
    },
  ),
  parallel(
    "path",
    [
      {
        name: "alpha",
        files: {
          "gen.py": "import os\nprint(os.path.abspath(__file__) + ':3: error: table is empty')\nraise SystemExit(1)\n",
        },
        build: `${wait(0.6)}; /usr/bin/python3 $(@D)/gen.py`,
      },
      noisy("beta", "table.c:9:1: error: this one is expected by the test"),
    ],
    {
      package: "host-alpha",
      step: "Building",
      kind: "compiler",
      line: "/host-alpha-1\\.0/gen\\.py:3: error: table is empty",
    },
  ),
];
