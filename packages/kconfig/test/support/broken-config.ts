import type { Random } from "./random-tree.js";

const characters = [..."\"'#= \t\\\r\0\u00e9\u00fcx-"];
const values = [
  "y",
  "m",
  "n",
  "yes",
  "Y",
  "",
  " y",
  "y ",
  "y\r",
  "5",
  "-5",
  "05",
  "99999999999999999999",
  "0x1f",
  "0xg",
  "1f",
  '"text"',
  '"open',
  '"',
  '""',
  '"say \\"hi\\""',
  '"back\\\\slash"',
  '"ends\\"',
  '"tail" more',
  '"caf\u00e9"',
  '"nul\0inside"',
  "bare text",
  "'single'",
];

/** A .config from a seed that is damaged line by line, in bytes: its characters are to be written as latin-1. */
export function brokenConfig(config: string, prefix: string, random: Random): string {
  const names = [...config.matchAll(/^(?:# )?(\w+)(?:=| is not set)/gm)].map((match) => match[1]!);
  const some = (): string => (names.length === 0 ? "S0" : random.pick(names));
  const lines = config.split("\n").flatMap((line): string[] => {
    if (!random.chance(35)) return [line];
    const at = random.below(line.length + 1);
    switch (random.below(11)) {
      case 0:
        return [];
      case 1:
        return [line, line];
      case 2:
        return [line.slice(0, at) + random.pick(characters) + line.slice(at)];
      case 3:
        return [line.slice(0, at)];
      case 4:
        return [`${line}\r`];
      case 5:
        return [`# ${some()} is not set${random.pick(["", " ", "\r", " any more"])}`, line];
      case 6:
        return [`#${some()} is not set`, line];
      case 7:
        return [`${random.pick([" ", "\t", ""])}${prefix}GONE=${random.pick(values)}`, line];
      case 8:
        return [random.pick(["sense", "=y", prefix, `${prefix}=y`, "\0", "#", `# ${prefix}`, "\u00e9=y"]), line];
      default:
        return [`${prefix}${some()}=${random.pick(values)}`, line];
    }
  });
  const text = lines.join(random.chance(15) ? "\r\n" : "\n");
  return random.chance(20) ? text.replace(/\n$/, "") : text;
}
