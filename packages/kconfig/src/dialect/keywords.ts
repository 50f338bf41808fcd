import type { Keyword } from "./dialect.js";

/** The spellings that every dialect has. */
export const commonKeywords: Readonly<Record<string, Keyword>> = {
  mainmenu: "mainmenu",
  menu: "menu",
  endmenu: "endmenu",
  source: "source",
  choice: "choice",
  endchoice: "endchoice",
  comment: "comment",
  config: "config",
  menuconfig: "menuconfig",
  help: "help",
  if: "if",
  endif: "endif",
  depends: "depends",
  default: "default",
  prompt: "prompt",
  bool: "type-bool",
  tristate: "type-tristate",
  int: "type-int",
  hex: "type-hex",
  string: "type-string",
  def_bool: "def-bool",
  def_tristate: "def-tristate",
  select: "select",
  imply: "imply",
  range: "range",
  visible: "visible",
};

/** Those of the tools that stem from Linux 4.17 and before. */
export const legacyKeywords: Readonly<Record<string, Keyword>> = {
  ...commonKeywords,
  "---help---": "help",
  optional: "optional",
  option: "option",
};
