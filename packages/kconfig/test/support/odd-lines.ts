import type { Random } from "./random-tree.js";

const atoms = [
  "A",
  "B",
  "y",
  "m",
  "n",
  '"A"',
  '"text"',
  "5",
  "0x1f",
  "-3",
  '""',
  "'q'",
  "if",
  "on",
  "choice",
  "A-B",
  "a.b",
];
const macroAtoms = ["$(x)", "A$(x)", "$(x)B"];
const operators = ["&&", "||", "=", "!=", "<", ">="];

function expression(random: Random, depth = 2): string {
  const kind = depth === 0 ? 0 : random.below(10);
  if (kind < 5) return random.pick(random.chance(5) ? macroAtoms : atoms);
  if (kind === 5) return `!${expression(random, depth - 1)}`;
  if (kind === 6) return `(${expression(random, depth - 1)})`;
  return `${expression(random, depth - 1)} ${random.pick(operators)} ${expression(random, depth - 1)}`;
}

function condition(random: Random): string {
  if (random.chance(3)) return " if";
  return random.chance(35) ? ` if ${expression(random)}` : "";
}

const keywords = [
  ...["bool", "tristate", "int", "hex", "string", "prompt", "prompt", "default", "default", "default"],
  ...["def_bool", "def_tristate", "def_int", "def_string", "depends on", "depends on", "depends", "select", "imply"],
  ...["range", "optional", "modules", "option", "visible if", "visible", "help", "---help---", "transitional"],
  ...["boolean", "requires", "def", "configdefault"],
];

/** A line below an entry: any keyword, right or wrong there, with operands that may be none of its own. */
function option(random: Random): string {
  const keyword = random.pick(keywords);
  const symbol = random.pick(["A", "B", '"A"', "y", "A B", "A && B", "!A", "5"]);
  const items = ["modules", 'env="X"', "defconfig_list", "allnoconfig_y", "env=X", "env", "foo", "modules=y", ""];
  switch (keyword) {
    case "bool":
    case "tristate":
    case "int":
    case "hex":
    case "string":
      return random.chance(60)
        ? `${keyword} ${random.pick(['"p"', '"p"', "'p'", "p", '"p" "q"'])}${condition(random)}`
        : keyword;
    case "prompt":
      return `prompt ${random.pick(['"p"', '"p"', "p", '"p" A', ""])}${condition(random)}`;
    case "select":
    case "imply":
      return `${keyword} ${symbol}${condition(random)}`;
    case "range":
      return `range ${random.pick(atoms)} ${random.pick(atoms)}${condition(random)}`;
    case "option":
      return `option ${random.pick(items)}`;
    case "help":
    case "---help---":
      return `${keyword}\n\t  text\n`;
    case "default":
    case "def_bool":
    case "def_tristate":
    case "def_int":
    case "def_string":
    case "depends":
    case "depends on":
      return `${keyword} ${expression(random)}${condition(random)}`;
    case "visible if":
      return `visible if ${expression(random)}`;
    default:
      return random.chance(10) ? `${keyword} ${random.pick(atoms)}` : keyword;
  }
}

const ends = { choice: "endchoice", menu: "endmenu", if: "endif" } as const;

function opening(random: Random): string {
  const name = random.pick(["A", "B", "C", "D", "1A", '"A"', "A B", "m"]);
  const kinds = ["config", "config", "menuconfig", "choice", "choice", "menu", "comment", "if", "other"] as const;
  const kind = random.pick(kinds);
  switch (kind) {
    case "config":
    case "menuconfig":
      return `${kind} ${name}`;
    case "choice":
      return random.chance(15) ? `choice ${name}` : "choice";
    case "menu":
    case "comment":
      return `${kind} ${random.pick(['"t"', '"t"', "t"])}${random.chance(5) ? condition(random) : ""}`;
    case "if":
      return `if ${expression(random)}`;
    case "other":
      return random.pick([
        "x = y",
        "x := $(a)",
        "x += 1",
        "$(x)",
        "x",
        'mainmenu "t"',
        'source "none"',
        "configdefault A",
      ]);
  }
}

/** A short Kconfig text whose lines are right more often than not; `none` is an empty file, and nothing defines `x`. */
export function oddLines(random: Random): string {
  const lines: string[] = [];
  const open: string[] = [];
  for (let entries = 1 + random.below(4); entries > 0; entries--) {
    const line = opening(random);
    const kind = line.split(" ", 1)[0]!;
    lines.push(line);
    if (kind in ends) open.push(ends[kind as keyof typeof ends]);
    if (kind === "choice") lines.push('\tprompt "p"');
    if (kind.endsWith("config") && random.chance(70)) lines.push('\tbool "b"');
    const takesOptions = kind !== "if" && kind !== "source" && !line.includes("=");
    for (let more = takesOptions ? random.below(3) : 0; more > 0; more--) lines.push(`\t${option(random)}`);
    if (kind === "choice") lines.push(`config M${entries}`, '\tbool "m"');
    while (open.length > 0 && random.chance(45)) lines.push(open.pop()!);
  }
  while (open.length > 0 && !random.chance(2)) lines.push(open.pop()!);
  return `${lines.join("\n")}\n`;
}
