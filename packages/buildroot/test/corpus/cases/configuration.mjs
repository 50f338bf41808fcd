// Kconfig, legacy options, makefiles, dependencies between packages, scripts of the user's.
import { rmSync } from "node:fs";

const nothing = { package: undefined, step: undefined };
const any = [{ name: "any", build: "true" }];

export const configurationCases = [
  {
    name: "config-legacy",
    packages: any,
    config: () => [
      "BR2_PACKAGE_LIGHTTPD=y",
      "BR2_LEGACY=y",
      "BR2_ROOTFS_DEVICE_TABLE_LEGACY=y",
      "BR2_STRIP_none=y",
      "BR2_BINUTILS_VERSION_2_40_X=y",
    ],
    expected: {
      ...nothing,
      kind: "configuration",
      line: 'legacy config options|Makefile\\.legacy:\\d+: \\*\\*\\* "You have legacy configuration',
    },
  },
  {
    name: "config-syntax",
    packages: any,
    external: { "Config.in": 'config BR2_CORPUS\n\tbool "x"\n\tdepend on BR2_x86_64\n' },
    configured: false,
    targets: ["olddefconfig"],
    expected: {
      ...nothing,
      kind: "configuration",
      line: "Config\\.in:4: syntax error|Config\\.in:3: unknown option",
    },
  },
  {
    name: "config-source",
    packages: any,
    external: { "Config.in": 'source "$BR2_EXTERNAL_CORPUS_PATH/package/absent/Config.in"\n' },
    configured: false,
    targets: ["olddefconfig"],
    expected: { ...nothing, kind: "configuration", line: 'Config\\.in:1: can\'t open file ".*absent/Config\\.in"' },
  },
  {
    name: "config-defconfig",
    packages: any,
    configured: false,
    targets: ["no_such_board_defconfig"],
    expected: {
      ...nothing,
      kind: "configuration",
      line: "Can't find no_such_board_defconfig",
    },
  },
  {
    name: "config-none",
    packages: any,
    configured: false,
    beforeMake: ({ output }) => rmSync(`${output}/.config`),
    targets: ["host-any"],
    expected: { ...nothing, kind: "makefile", line: "No rule to make target 'host-any'" },
  },
  {
    name: "config-patch-dir",
    packages: any,
    config: () => ['BR2_GLOBAL_PATCH_DIR="/nowhere/patches"'],
    targets: ["host-any"],
    expected: {
      ...nothing,
      kind: "configuration",
      line: "BR2_GLOBAL_PATCH_DIR contains nonexistent directory /nowhere/patches",
    },
  },
  {
    name: "makefile-separator",
    packages: any,
    external: { "package/broken/broken.mk": "HOST_BROKEN_VERSION = 1\nthis is no makefile\n" },
    targets: ["host-any"],
    expected: { ...nothing, kind: "makefile", line: "broken\\.mk:2: \\*\\*\\* missing separator" },
  },
  {
    name: "makefile-target",
    alone: true,
    packages: any,
    targets: ["host-absent-package"],
    expected: { ...nothing, kind: "makefile", line: "No rule to make target 'host-absent-package'" },
  },
  {
    name: "makefile-dependency",
    alone: true,
    packages: [{ name: "needy", build: "true", mk: "HOST_NEEDY_DEPENDENCIES = host-not-there" }],
    expected: { ...nothing, kind: "makefile", line: "No rule to make target 'host-not-there'" },
  },
  {
    name: "makefile-undefined-function",
    alone: true,
    packages: [{ name: "strange", build: "$(error strange cannot be built with this configuration)" }],
    expected: { ...nothing, kind: "configuration", line: "strange cannot be built with this configuration" },
  },
  {
    name: "makefile-selected",
    packages: [{ name: "any", build: "true" }],
    external: {
      "Config.in": 'config BR2_PACKAGE_CHOOSER\n\tbool "chooser"\n',
      "package/chooser/chooser.mk":
        "CHOOSER_VERSION = 1\nCHOOSER_SITE = $(BR2_EXTERNAL_CORPUS_PATH)/src/any\nCHOOSER_SITE_METHOD = local\nCHOOSER_DEPENDENCIES = popt\n$(eval $(generic-package))\n",
    },
    config: () => ["BR2_PACKAGE_CHOOSER=y"],
    args: () => ["BR_FORCE_CHECK_DEPENDENCIES=YES"],
    targets: ["chooser"],
    expected: {
      ...nothing,
      kind: "configuration",
      line: "popt is in the dependency chain of chooser that has added it to its _DEPENDENCIES variable without selecting it",
    },
  },
];
