import { buildroot } from "./buildroot.js";
import type { Dialect } from "./dialect.js";
import { legacyKeywords } from "./keywords.js";
import { linux61 } from "./linux.js";

/** BusyBox: a tool of 2.6 days. Its .config heading (version, time) and its headers (ENABLE_, IF_) are not written yet. */
export const busybox: Dialect = {
  ...buildroot,
  name: "busybox",
  title: "BusyBox",
  status: "unproven",
  prefix: "CONFIG_",
  syntax: {
    ...buildroot.syntax,
    keywords: {
      ...legacyKeywords,
      boolean: "type-bool",
      def_boolean: "def-bool",
      requires: "depends",
      enable: "select",
    },
  },
  semantics: { ...buildroot.semantics, mainMenu: "BusyBox Configuration" },
  files: { ...buildroot.files, configVariable: "KCONFIG_CONFIG" },
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
    keywords: { ...legacyKeywords, modules: "modules" },
    macros: true,
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
  semantics: { ...linux61.semantics, emptyNumber: "zero" },
  files: { ...linux61.files, negatives: true, rustcFile: true },
};
