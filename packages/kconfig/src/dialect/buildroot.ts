import type { Dialect } from "./dialect.js";
import { legacyKeywords } from "./keywords.js";

/** Buildroot: the tool of Linux 4.17 with Buildroot's patches; names have no prefix. */
export const buildroot: Dialect = {
  name: "buildroot",
  title: "Buildroot (support/kconfig of 2018 and later)",
  status: "proven",
  prefix: "",
  syntax: {
    keywords: legacyKeywords,
    pathWords: true,
    barePrompts: true,
    macros: false,
    conditionalDepends: false,
    wildcards: false,
    visibleFirst: true,
    strictEntries: false,
  },
  semantics: {
    mainMenu: "Buildroot Configuration",
    symbolsInStrings: true,
    unameSymbol: true,
    tristateConstants: false,
    menuTitleDependencies: true,
    boolConditions: true,
    imply: "promote",
    rangeClamp: "number",
    emptyNumber: "empty",
    moduleTextNeedsModules: true,
    strictCycles: false,
    deepSimplification: false,
    negationEndsSubmenu: false,
    choice: "legacy",
  },
  files: {
    configVariable: "BR2_CONFIG",
    heading: "full",
    endOfMenu: false,
    hashSize: 9973,
    unset: "loose",
    unsetIgnoresStrings: true,
    rawStrings: false,
    quotedAutoconf: true,
    negatives: false,
    tristateFile: true,
    rustcFile: false,
  },
};
