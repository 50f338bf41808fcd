import type { Dialect } from "./dialect.js";
import { commonKeywords } from "./keywords.js";

/** Linux 6.1 (long-term support): macros, the `modules` keyword, choices of the old kind. */
export const linux61: Dialect = {
  name: "linux-6.1",
  title: "Linux 6.1",
  status: "proven",
  prefix: "CONFIG_",
  syntax: {
    keywords: { ...commonKeywords, optional: "optional", modules: "modules" },
    pathWords: false,
    reservedWords: true,
    barePrompts: false,
    macros: true,
    shellOutput: 4095,
    ordering: true,
    conditionalDepends: false,
    bareDepends: false,
    wildcards: false,
    plainVariables: false,
    visibleFirst: false,
    strictEntries: false,
    singlePlaces: false,
  },
  semantics: {
    mainMenu: "Main menu",
    symbolsInStrings: false,
    oldRuns: false,
    unameSymbol: false,
    early: false,
    kconfiglib: false,
    tristateConstants: true,
    menuTitleDependencies: false,
    boolConditions: false,
    imply: "cap",
    rangeClamp: "text",
    rangeKeepsUser: false,
    emptyNumber: "empty",
    moduleTextNeedsModules: false,
    strictCycles: true,
    deepSimplification: false,
    negationEndsSubmenu: false,
    choice: "legacy",
  },
  files: {
    configVariable: "KCONFIG_CONFIG",
    heading: "short",
    order: "tool",
    everySymbol: false,
    endOfMenu: true,
    hash: "fnv1a",
    hashSize: 9973,
    unset: "prefix",
    unsetIgnoresStrings: false,
    rawStrings: false,
    quotedAutoconf: false,
    overrideNotices: false,
    negatives: false,
    tristateFile: false,
    rustcFile: true,
  },
};

/** Linux 6.12 (long-term support): choices are bool and have no name. */
export const linux612: Dialect = {
  ...linux61,
  name: "linux-6.12",
  title: "Linux 6.12",
  syntax: { ...linux61.syntax, keywords: { ...commonKeywords, modules: "modules" } },
  semantics: {
    ...linux61.semantics,
    rangeKeepsUser: true,
    emptyNumber: "zero",
    deepSimplification: true,
    choice: "modern",
  },
  files: { ...linux61.files, hashSize: 16384, unset: "exact" },
};

/** Linux 6.18 (long-term support): as 6.12, with `transitional`, and more is an error. */
export const linux618: Dialect = {
  ...linux612,
  name: "linux-6.18",
  title: "Linux 6.18 and 6.19",
  syntax: {
    ...linux612.syntax,
    keywords: { ...commonKeywords, modules: "modules", transitional: "transitional" },
    strictEntries: true,
  },
};

/** Linux 7.2: as 6.18, with `depends on X if Y`. */
export const linux72: Dialect = {
  ...linux618,
  name: "linux-7.2",
  title: "Linux 7.0 to 7.2",
  syntax: { ...linux618.syntax, conditionalDepends: true, singlePlaces: true },
};

/** Linux 7.3 and later. */
export const linux: Dialect = {
  ...linux72,
  name: "linux",
  title: "Linux 7.3 and later",
  semantics: { ...linux72.semantics, negationEndsSubmenu: true },
};
