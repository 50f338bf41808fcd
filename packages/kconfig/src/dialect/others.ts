import { buildroot } from "./buildroot.js";
import type { Dialect } from "./dialect.js";
import { legacyKeywords } from "./keywords.js";
import { linux61 } from "./linux.js";

const { imply: _imply, visible: _visible, option: _option, ...withoutLater } = legacyKeywords;

/** BusyBox: the tool of Linux 2.6's first years. */
export const busybox: Dialect = {
  ...buildroot,
  name: "busybox",
  title: "BusyBox",
  status: "proven",
  prefix: "CONFIG_",
  syntax: {
    ...buildroot.syntax,
    keywords: {
      ...withoutLater,
      boolean: "type-bool",
      def_boolean: "def-bool",
      requires: "depends",
      enable: "select",
    },
    bareDepends: true,
    ordering: false,
  },
  semantics: {
    ...buildroot.semantics,
    mainMenu: "Busybox Configuration",
    symbolsInStrings: false,
    early: true,
    moduleTextNeedsModules: false,
  },
  files: {
    ...buildroot.files,
    configVariable: "KCONFIG_CONFIG",
    everySymbol: true,
    hash: "sum",
    hashSize: 256,
    tristateFile: false,
  },
};

/** U-Boot: the tool of Linux 4.20, which has macros, and evaluates as Buildroot's does. */
export const uBoot: Dialect = {
  ...buildroot,
  name: "u-boot",
  title: "U-Boot",
  status: "proven",
  prefix: "CONFIG_",
  syntax: {
    ...buildroot.syntax,
    keywords: legacyKeywords,
    macros: true,
    shellOutput: 255,
  },
  semantics: {
    ...buildroot.semantics,
    mainMenu: "Main menu",
    symbolsInStrings: false,
    unameSymbol: false,
    strictCycles: true,
  },
  files: { ...buildroot.files, configVariable: "KCONFIG_CONFIG", rawStrings: true },
};

/** coreboot: Linux's tool of 6.x with patches; sources may have wildcards. */
export const coreboot: Dialect = {
  ...linux61,
  name: "coreboot",
  title: "coreboot",
  status: "proven",
  syntax: { ...linux61.syntax, wildcards: true },
  semantics: {
    ...linux61.semantics,
    rangeKeepsUser: true,
    emptyNumber: "zero",
    tristateConstants: false,
    boolConditions: true,
    moduleTextNeedsModules: true,
  },
  files: { ...linux61.files, overrideNotices: true, negatives: true, rustcFile: true, unset: "exact" },
};

/** Zephyr and others that read their trees with Kconfiglib, whose words and rules these are. */
export const zephyr: Dialect = {
  ...uBoot,
  name: "zephyr",
  title: "Zephyr (Kconfiglib)",
  status: "proven",
  syntax: {
    ...uBoot.syntax,
    keywords: {
      ...legacyKeywords,
      boolean: "type-bool",
      rsource: "rsource",
      osource: "osource",
      orsource: "orsource",
      grsource: "rsource",
      gsource: "source",
      def_int: "def-int",
      def_hex: "def-hex",
      def_string: "def-string",
      configdefault: "configdefault",
    },
    visibleFirst: false,
    wildcards: "required",
    plainVariables: true,
  },
  semantics: {
    ...uBoot.semantics,
    kconfiglib: true,
    tristateConstants: true,
    menuTitleDependencies: false,
    boolConditions: false,
    moduleTextNeedsModules: false,
  },
  files: {
    ...uBoot.files,
    heading: "none",
    order: "definition",
    endOfMenu: true,
    unset: "prefix",
    rawStrings: false,
    tristateFile: false,
  },
};
