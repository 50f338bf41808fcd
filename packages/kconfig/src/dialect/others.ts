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

/** U-Boot: the tool of Linux 4.20 or so, with macros and with the old spelling of help. */
export const uBoot: Dialect = {
  ...linux61,
  name: "u-boot",
  title: "U-Boot",
  status: "unproven",
  syntax: {
    ...linux61.syntax,
    keywords: { ...legacyKeywords, modules: "modules" },
    pathWords: true,
    barePrompts: true,
  },
  files: { ...linux61.files, endOfMenu: true, rustcFile: false },
};

/** coreboot: Linux's tool of about 5.13 with patches. Sources with wildcards are not expanded yet. */
export const coreboot: Dialect = {
  ...linux61,
  name: "coreboot",
  title: "coreboot",
  status: "unproven",
  files: { ...linux61.files, rustcFile: false },
};
