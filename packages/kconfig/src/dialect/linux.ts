import type { Dialect } from "./dialect.js";
import { commonKeywords } from "./keywords.js";

/** Linux 6.1 (long-term support): macros, the `modules` keyword, choices of the old kind. */
export const linux61: Dialect = {
  name: "linux-6.1",
  title: "Linux 6.1",
  status: "unproven",
  prefix: "CONFIG_",
  syntax: {
    keywords: { ...commonKeywords, optional: "optional", modules: "modules" },
    pathWords: false,
    barePrompts: false,
    macros: true,
    conditionalDepends: false,
    strictHelp: false,
  },
  semantics: {
    mainMenu: "Main menu",
    symbolsInStrings: false,
    unameSymbol: false,
    tristateConstants: true,
    menuTitleDependencies: false,
    boolConditions: false,
    imply: "cap",
    rangeClamp: "text",
    emptyNumber: "empty",
    moduleTextNeedsModules: false,
    strictCycles: true,
    choice: "legacy",
  },
  files: {
    heading: "short",
    endOfMenu: true,
    hashSize: 9973,
    looseUnset: false,
    unsetIgnoresStrings: false,
    quotedAutoconf: false,
    tristateFile: false,
    rustcFile: true,
  },
};

/** Linux 7.x: choices are bool and unnamed, `transitional`, `depends on X if Y`. */
export const linux: Dialect = {
  ...linux61,
  name: "linux",
  title: "Linux 7.x",
  syntax: {
    ...linux61.syntax,
    keywords: { ...commonKeywords, modules: "modules", transitional: "transitional" },
    conditionalDepends: true,
    strictHelp: true,
  },
  semantics: { ...linux61.semantics, emptyNumber: "zero", choice: "modern" },
  files: { ...linux61.files, hashSize: 16384 },
};
