import type { ConfMode } from "@ipa-br/kconfig/conf";

/** The options of one of the C tools. */
export interface ConfOptionTable {
  /** Whether a long option takes a value: never, always, or only after an equals sign. */
  readonly long: Readonly<Record<string, "none" | "required" | "optional">>;
  readonly short: string;
  /** Names that stand for another mode. */
  readonly aliases: Readonly<Record<string, ConfMode>>;
  /** True where a wrong option ends the run; otherwise it is told and passed over. */
  readonly strict: boolean;
}

/** What all tools have, in the order in which they name what an abbreviation may stand for. */
const modes = {
  oldaskconfig: "none",
  oldconfig: "none",
  syncconfig: "none",
  defconfig: "required",
  savedefconfig: "required",
  allnoconfig: "none",
  allyesconfig: "none",
  allmodconfig: "none",
  alldefconfig: "none",
  randconfig: "none",
  listnewconfig: "none",
} as const;

/** Linux since 5.10 or so. */
export const linuxOptions: ConfOptionTable = {
  long: {
    help: "none",
    silent: "none",
    ...modes,
    helpnewconfig: "none",
    olddefconfig: "none",
    yes2modconfig: "none",
    mod2yesconfig: "none",
    mod2noconfig: "none",
  },
  short: "hs",
  aliases: {},
  strict: false,
};

/** U-Boot, of the days of Linux 4.20. */
export const uBootOptions: ConfOptionTable = {
  long: { ...modes, defconfig: "optional", olddefconfig: "none" },
  short: "s",
  aliases: {},
  strict: true,
};

/** Buildroot, of the days of Linux 4.17. */
export const buildrootOptions: ConfOptionTable = {
  ...uBootOptions,
  long: { ...uBootOptions.long, oldnoconfig: "none" },
  aliases: { oldnoconfig: "olddefconfig" },
};

/** What a command line says. */
export interface ConfArguments {
  readonly mode: ConfMode;
  /** The modes that were named before it. */
  readonly before: readonly ConfMode[];
  readonly file: string | undefined;
  readonly silent: boolean;
  readonly help: boolean;
  /** The Kconfig file; `undefined` where it is missing. */
  readonly root: string | undefined;
  /** What is wrong with the options, a line each. */
  readonly complaints: readonly string[];
}

/** BusyBox: a letter, as the first word. */
const letters: Readonly<Record<string, ConfMode>> = {
  o: "oldconfig",
  s: "syncconfig",
  d: "defconfig",
  D: "defconfig",
  y: "allyesconfig",
  m: "allmodconfig",
  n: "allnoconfig",
  r: "randconfig",
};

/** Reads a command line as BusyBox' conf does, or one with the long names that the other tools have for its modes. */
export function readBusyboxArguments(args: readonly string[]): ConfArguments {
  const [first = "", ...rest] = args;
  const nothing = { before: [], file: undefined, silent: false, help: false, complaints: [] };
  if (first.startsWith("--")) return readConfArguments(args, buildrootOptions);
  if (!first.startsWith("-")) return { ...nothing, mode: "oldaskconfig", root: args[0] };
  const letter = first[1] ?? "";
  if (letter === "h" || letter === "?") return { ...nothing, mode: "oldaskconfig", root: undefined, help: true };
  const mode = letters[letter] ?? "oldaskconfig";
  if (letter !== "D") return { ...nothing, mode, root: rest[0] };
  const complaints = rest.length === 0 ? ["No default config file specified"] : [];
  return { ...nothing, mode, file: rest[0], root: rest[1], complaints };
}

/**
 * Reads a command line as getopt_long() of the C library does: abbreviated names, values behind `=` or in the next word,
 * options also behind the Kconfig file, unless `posixly` (POSIXLY_CORRECT is set).
 */
export function readConfArguments(args: readonly string[], table: ConfOptionTable, posixly = false): ConfArguments {
  const reader = new ArgumentReader(args, table, posixly);
  return reader.read();
}

class ArgumentReader {
  readonly #args: readonly string[];
  readonly #table: ConfOptionTable;
  readonly #posixly: boolean;
  readonly #complaints: string[] = [];
  #at = 0;
  readonly #modes: ConfMode[] = [];
  #file: string | undefined;
  #silent = false;
  #help = false;
  #root: string | undefined;

  constructor(args: readonly string[], table: ConfOptionTable, posixly: boolean) {
    this.#args = args;
    this.#table = table;
    this.#posixly = posixly;
  }

  read(): ConfArguments {
    while (this.#at < this.#args.length && !this.#isRefused) {
      const argument = this.#args[this.#at++]!;
      if (argument === "--") {
        this.#root ??= this.#args[this.#at];
        break;
      }
      if (argument.startsWith("--")) this.#long(argument.slice(2));
      else if (argument.startsWith("-") && argument !== "-") this.#short(argument.slice(1));
      else {
        this.#root ??= argument;
        if (this.#posixly) break;
      }
    }
    return {
      mode: this.#modes.at(-1) ?? "oldaskconfig",
      before: this.#modes.slice(0, -1),
      file: this.#file,
      silent: this.#silent,
      help: this.#help,
      root: this.#root,
      complaints: this.#complaints,
    };
  }

  /** The older tools end with the first mistake. */
  get #isRefused(): boolean {
    return this.#table.strict && this.#complaints.length > 0;
  }

  #long(text: string): void {
    const equals = text.indexOf("=");
    const typed = equals < 0 ? text : text.slice(0, equals);
    const name = this.#complete(typed, text);
    if (name === undefined) return;
    const kind = this.#table.long[name]!;
    let value = equals < 0 ? undefined : text.slice(equals + 1);
    if (kind === "none" && value !== undefined) {
      this.#complaints.push(`option '--${name}' doesn't allow an argument`);
      return;
    }
    if (kind === "required" && value === undefined) {
      value = this.#args[this.#at++];
      if (value === undefined) {
        this.#complaints.push(`option '--${name}' requires an argument`);
        return;
      }
    }
    this.#apply(name, value);
  }

  /** The whole name of an option, of which the first letters are enough while no other one has them. */
  #complete(typed: string, text: string): string | undefined {
    if (Object.hasOwn(this.#table.long, typed)) return typed;
    const found = Object.keys(this.#table.long).filter((name) => name.startsWith(typed));
    if (found.length === 1) return found[0];
    const names = found.map((name) => ` '--${name}'`).join("");
    this.#complaints.push(
      found.length === 0
        ? `unrecognized option '--${text}'`
        : `option '--${text}' is ambiguous; possibilities:${names}`,
    );
    return undefined;
  }

  #short(letters: string): void {
    for (const letter of letters) {
      if (this.#isRefused) return;
      if (!this.#table.short.includes(letter)) this.#complaints.push(`invalid option -- '${letter}'`);
      else if (letter === "s") this.#silent = true;
      else this.#help = true;
    }
  }

  #apply(name: string, value: string | undefined): void {
    if (name === "help") this.#help = true;
    else if (name === "silent") this.#silent = true;
    else {
      this.#modes.push(this.#table.aliases[name] ?? (name as ConfMode));
      if (name === "defconfig" || name === "savedefconfig") this.#file = value;
    }
  }
}
