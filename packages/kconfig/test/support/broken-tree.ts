import type { Dialect } from "../../src/index.js";
import { Random, randomTree } from "./random-tree.js";

const characters = [..."\"'()=!&|<>$\\#@ \t:+-,.\r\0\u00e9n"];

/** Lines that mean something somewhere, and mostly not where they are put. */
const lines = [
  "config",
  "config A B",
  "config NEW",
  'menuconfig "quoted"',
  "menuconfig BARE",
  "choice",
  "choice NAMED",
  "endchoice",
  "endmenu",
  "endif",
  "endif # really",
  "endmenu now",
  'menu "m"',
  "menu",
  "if",
  "if S1 &&",
  "if S1",
  "if (S1 || S2",
  'comment "c"',
  "comment",
  'mainmenu "again"',
  "mainmenu",
  'source "absent"',
  'source "Kconfig"',
  'source "more"',
  "source",
  "nonsense",
  "nonsense with words",
  "NAME = value",
  "NAME := $(lineno)",
  "NAME +=",
  "\tbool",
  '\tbool "again"',
  '\tbool "open',
  "\tbool 'open",
  '\tbool ""',
  '\ttristate "t" if S1 = y || (S2',
  "\ttristate",
  "\tint",
  '\tint "number" 5',
  "\thex",
  "\tstring bare",
  '\tprompt "p" if',
  '\tprompt " p"',
  "\tprompt",
  "\tdefault",
  "\tdefault y if",
  '\tdefault "text"',
  "\tdefault S1 S2",
  "\tdef_bool y",
  "\tdef_bool",
  "\tdef_tristate m if S1",
  "\tdepends S1",
  "\tdepends on",
  "\tdepends on S1 = ",
  "\tdepends on !S1 && S2",
  "\tdepends on S1 = S2 = S3",
  "\trequires S1",
  "\tselect",
  '\tselect "S1"',
  "\tselect S1 if S2 S3",
  "\timply S1",
  "\trange 1",
  "\trange 1 2 3",
  '\trange "1" 2 if y',
  "\tvisible if S1",
  "\tvisible",
  "\toptional",
  "\toptional yes",
  "\tmodules",
  "\toption modules",
  '\toption env="HOME"',
  "\toption env=HOME odd",
  "\toption odd =",
  "\thelp",
  "\thelp me",
  "\t  Some text.",
  "\thelp\n\t  Text.\n\n\t  More text.",
  "\thelp\n\n\t  \nconfig AFTER_BLANK",
  "---help---",
  "\ttransitional",
  "if S1 \\",
  "\\",
  "@ config ODD",
  "$(warning-if,y,careful)",
  "$(info,told)",
  "$(error-if,n,not this)",
  "$(error-if,y,stop here)",
  "$(info)",
  "$(unterminated",
  '\tbool "$(NAME) of $(unterminated"',
  "\tdefault $(shell,echo y)",
  "X := $(shell,echo $0 $#; echo careful >&2)",
  "\tdefault $(shell,absent-command || echo y)",
  "Y = $(shell,echo 'no line end'; printf told >&2; if)",
  '\tprompt "$(Y)"',
  "X = $(X)",
  '\tbool "$(X)"',
  "# a comment",
  "",
];

/** Loops of all kinds through the symbols of a tree. */
function loop(random: Random): string[] {
  const some = (): string => `S${random.below(8)}`;
  const option = random.pick([
    `depends on ${some()}`,
    `select ${some()}`,
    `imply ${some()}`,
    `default ${some()}`,
    `default y if ${some()}`,
    `prompt "again" if ${some()}`,
    `range 1 9 if ${some()}`,
  ]);
  return [`config ${some()}`, `\t${option}`];
}

/** Kconfig files from a seed that are damaged in one to four places: `Kconfig`, and `more`, which it may source. */
export function brokenTree(seed: number, dialect: Dialect): Record<string, string> {
  const random = new Random(seed * 104_729);
  const files = {
    Kconfig: randomTree(seed, 3 + (seed % 12), dialect),
    more: random.chance(50)
      ? 'config MORE\n\tbool "more"\n'
      : `menu "more"\n${randomTree(seed + 1, 2, dialect)}endmenu\n`,
  };
  if (random.chance(25)) files.Kconfig = damage(files.Kconfig, random, () => ['source "more"']);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const name = random.chance(85) ? "Kconfig" : "more";
    files[name] = damage(files[name], random);
  }
  return files;
}

function damage(text: string, random: Random, wanted?: () => string[]): string {
  const all = text.split("\n");
  if (wanted !== undefined) {
    // Options behind it would belong to what the other file ends with.
    const starts = [...all.keys()].filter((index) => /^(?:config|menu|choice|comment|if|end)/.test(all[index]!));
    const start = starts.length === 0 ? 0 : random.pick(starts);
    return [...all.slice(0, start), ...wanted(), ...all.slice(start)].join("\n");
  }
  const at = random.below(all.length);
  const kind = random.below(24);
  const offset = random.below(text.length + 1);
  if (kind < 9) {
    const line = random.pick(lines);
    if (line.startsWith("source")) return damage(text, random, () => [line]);
    return [...all.slice(0, at), line, ...all.slice(at)].join("\n");
  }
  if (kind < 12) return [...all.slice(0, at), ...loop(random), ...all.slice(at)].join("\n");
  if (kind < 14) return all.filter((_, index) => index !== at).join("\n");
  if (kind < 15) return [...all.slice(0, at), all[at]!, ...all.slice(at)].join("\n");
  if (kind < 17) return text.slice(0, offset) + random.pick(characters) + text.slice(offset);
  if (kind < 19) return text.slice(0, offset) + text.slice(offset + 1 + random.below(3));
  if (kind < 20) return text.slice(0, offset);
  if (kind < 21) return text.replace(/\n$/, "");
  if (kind < 22) return all.map((line, index) => (index === at ? line : `${line}\r`)).join("\n");
  if (kind < 23) return [...all.slice(0, at), ...all.slice(at + 1), all[at]!].join("\n");
  return all.map((line, index) => (index === at ? line.trimStart() : line)).join("\n");
}
