/** The types of the `bool`, `int` ... keywords. */
export type SymbolTypeName = "bool" | "tristate" | "int" | "hex" | "string";

/**
 * What a keyword starts. Several spellings may share a meaning (`help` and `---help---`); a spelling that is missing
 * from a dialect's table is an ordinary word there.
 */
export type Keyword =
  | "mainmenu"
  | "menu"
  | "endmenu"
  | "source"
  | "rsource"
  | "osource"
  | "orsource"
  | "choice"
  | "endchoice"
  | "comment"
  | "config"
  | "menuconfig"
  | "configdefault"
  | "help"
  | "if"
  | "endif"
  | "depends"
  | "optional"
  | "default"
  | "prompt"
  | `type-${SymbolTypeName}`
  | `def-${SymbolTypeName}`
  | "select"
  | "imply"
  | "range"
  | "visible"
  | "option"
  | "modules"
  | "transitional";

/** How far a dialect has been compared with its C tool. */
export type DialectStatus =
  /** Compared with the C tool over whole trees by this package's tests. */
  | "proven"
  /** Written from the sources of the C tool; no tree was compared. */
  | "unproven";

/** How a dialect's text is cut into words. */
export interface DialectSyntax {
  readonly keywords: Readonly<Record<string, Keyword>>;
  /** True where words after the first of a line may hold `/` and `.`, so that a path needs no quotes. */
  readonly pathWords: boolean;
  /** True where a keyword is none other than one, also behind the first word of a line. */
  readonly reservedWords: boolean;
  /** True where prompts, menu titles and sources may be a bare word. */
  readonly barePrompts: boolean;
  /** Linux since 4.18: `$(...)` and assignments. */
  readonly macros: boolean;
  /** How many bytes of a command's output `$(shell ...)` keeps. */
  readonly shellOutput: number;
  /** True where `visible if` of a menu has to stand before its dependencies. */
  readonly visibleFirst: boolean;
  /** True where `depends X` is `depends on X`. */
  readonly bareDepends: boolean;
  /** True where a source may have wildcards; `required` where it then has to name something. */
  readonly wildcards: boolean | "required";
  /** True where `$NAME` in a string stands for the environment variable, if there is one. */
  readonly plainVariables: boolean;
  /** True where `<`, `<=`, `>` and `>=` compare; the oldest tools pass over these characters. */
  readonly ordering: boolean;
  /** `depends on X if Y`, Linux since 7.0. */
  readonly conditionalDepends: boolean;
  /** True where a repeated or blank help text, or a menuconfig without a prompt, is an error and not a warning. */
  readonly strictEntries: boolean;
  /** True where a file may be sourced once, and a member of a choice has a prompt in one place, Linux since 7.1. */
  readonly singlePlaces: boolean;
}

/** How a dialect's symbols are put together and get their values. */
export interface DialectSemantics {
  /** Title of the root menu where no `mainmenu` names one. */
  readonly mainMenu: string;
  /** True where `$NAME` in `mainmenu` and `source` is replaced by the value of the symbol NAME. */
  readonly symbolsInStrings: boolean;
  /** True where the runs of `conf` are those of Linux 4.17: a build's files come from `syncconfig` alone, for one. */
  readonly oldRuns: boolean;
  /** True where the string symbol UNAME_RELEASE exists from the start. */
  readonly unameSymbol: boolean;
  /**
   * True for the tool of Linux 2.6's first years: values are compared as texts; what the user or a default says counts as
   * far as the symbol is visible, and a hidden one has its default as it stands; ARCH and KERNELVERSION of the environment
   * are symbols, MODULES is the modules symbol, and `mainmenu` says nothing.
   */
  readonly early: boolean;
  /**
   * True for Kconfiglib's rules: MODULES is the modules symbol, a number of the user that is out of range counts as not
   * set, members of a choice have no defaults, and a choice stays as the user has set it.
   */
  readonly kconfiglib: boolean;
  /** True where `y`, `m`, `n` count as tristate symbols in comparisons; otherwise they are compared as text. */
  readonly tristateConstants: boolean;
  /** True where the entries of a menu inherit the visibility of its title rather than the menu's dependencies. */
  readonly menuTitleDependencies: boolean;
  /** True where `A!=n` becomes `A` in the conditions of symbols that are no tristate. */
  readonly boolConditions: boolean;
  /**
   * `promote`: an implied y turns m into y, and nothing is implied while dependencies fail. `cap`: implied values are
   * capped by the dependencies.
   */
  readonly imply: "promote" | "cap";
  /** What a number outside of its range becomes: the bound printed anew, or the bound's own text. */
  readonly rangeClamp: "number" | "text";
  /** True where a number of the user outside of its range stays the user's, and counts as the bound; else it is forgotten. */
  readonly rangeKeepsUser: boolean;
  /** An int or hex symbol without a value: an empty text, or 0 and 0x0. */
  readonly emptyNumber: "empty" | "zero";
  /** True where a tristate symbol at m reads `n` while modules are off. */
  readonly moduleTextNeedsModules: boolean;
  /** True where cycles through `imply` and through dependencies of symbols without a prompt are errors too. */
  readonly strictCycles: boolean;
  /** True where conditions are simplified inside of parentheses too, Linux since 6.12. */
  readonly deepSimplification: boolean;
  /** True where what depends on `A=n` or `A!=y` is no submenu of A, Linux since 7.3. */
  readonly negationEndsSubmenu: boolean;
  /** `legacy`: choices may have a name, be tristate or optional. `modern`: none of it, Linux since 6.11 or so. */
  readonly choice: "legacy" | "modern";
}

/** What a dialect's files look like. */
export interface DialectFiles {
  /** The environment variable that names the .config. */
  readonly configVariable: "KCONFIG_CONFIG" | "BR2_CONFIG";
  /** `full` starts headings with an empty comment line and ends them with two. */
  readonly heading: "full" | "short" | "none";
  /** What minimal defconfigs and autoconf.h go by: the menus and the hash table, or the places of definition for both. */
  readonly order: "tool" | "definition";
  /** BusyBox: every symbol is written, below a heading with version and time, and the header has ENABLE_ and IF_ macros. */
  readonly everySymbol: boolean;
  /** True for `# end of TITLE` after each menu. */
  readonly endOfMenu: boolean;
  /** The hash table whose order auto.conf and autoconf.h have: how names are hashed, and the number of buckets. */
  readonly hash: "fnv1a" | "sum";
  readonly hashSize: number;
  /**
   * Which lines are `# NAME is not set`: `loose` with any character after the `#` and any text at the end, `prefix` with
   * any text at the end, `exact` as it stands.
   */
  readonly unset: "loose" | "prefix" | "exact";
  /** Where `# NAME is not set` says nothing about a symbol that is no bool and no tristate. */
  readonly unsetIgnoresStrings: boolean;
  /** True where strings are written as they are, no backslash before a quote or a backslash. */
  readonly rawStrings: boolean;
  /** True where auto.conf quotes strings. */
  readonly quotedAutoconf: boolean;
  /** True where a value that takes the place of another one is told as a notice, and is no warning. */
  readonly overrideNotices: boolean;
  /** True where auto.conf and autoconf.h name also what is off, and numbers that are not in force. */
  readonly negatives: boolean;
  /** True where tristate.config is written. */
  readonly tristateFile: boolean;
  /** True where rustc_cfg is written. */
  readonly rustcFile: boolean;
}

/** One version of the Kconfig language, as data. The values are in this package's `dialects`; make your own by spreading one. */
export interface Dialect {
  readonly name: string;
  /** Which trees it is for. */
  readonly title: string;
  readonly status: DialectStatus;
  /** What stands before each name in a .config: `CONFIG_`, or nothing. */
  readonly prefix: string;
  readonly syntax: DialectSyntax;
  readonly semantics: DialectSemantics;
  readonly files: DialectFiles;
}
