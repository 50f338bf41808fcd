import type { FailureKind } from "../errors.js";

/** How a line tells why a step failed. */
export interface Verdict {
  readonly kind: FailureKind;
  /** A weak one counts only where no strong one is found: it may as well be a warning, or a consequence. */
  readonly strong: boolean;
}

interface Pattern extends Verdict {
  readonly pattern: RegExp;
}

const strong = (kind: FailureKind, pattern: RegExp): Pattern => ({ kind, pattern, strong: true });
const weak = (kind: FailureKind, pattern: RegExp): Pattern => ({ kind, pattern, strong: false });

/** What lines tell, by what they are about. Order matters: the first that fits names the kind. */
const patterns: readonly Pattern[] = [
  strong("disk", /No space left on device|Disk quota exceeded|^.*: Read-only file system$/),
  strong("memory", /Killed signal terminated program|internal compiler error: Killed|^virtual memory exhausted/),
  strong("memory", /out of memory allocating|Cannot allocate memory|^LLVM ERROR: out of memory|^MemoryError$/),
  strong("memory", /^Killed$|: Killed$|\((?:signal: 9, )?SIGKILL: kill\)|(?:^|: )memory exhausted$/),
  // support/download/check-hash
  strong("hash", /^ERROR: .*(?:wrong \w+ hash|No hash found|checking hashes|different size|unknown hash)/),
  strong("hash", /^ERROR: (?:expected|got) *: /),
  // support/scripts/apply-patches.sh and patch itself
  strong("patch", /Hunk #\d+ FAILED|hunks? FAILED|^patch: \*\*\*\*|Reversed \(or previously applied\) patch/),
  strong("patch", /^(?:Error: duplicate filename|Patch failed!|can't find file to patch|Error: missing patch file)/i),
  weak("patch", /^(?:Unsupported file type|Aborting\. {2}Reject files found)/i),
  // support/dependencies/dependencies.sh
  strong("dependency", /^You (?:must|may have to) install |^Your (?:PATH|Perl|Buildroot configuration) /),
  strong(
    "dependency",
    /^You seem to have the current working directory|^You need (?:at least one UTF8 locale|locale )/,
  ),
  strong("dependency", /^You have (?:make|gcc|g\+\+|git|GNU patch) '.*' installed/i),
  // toolchain/helpers.mk: one plain line just above make's
  strong("toolchain", /^(?:Incorrect (?:selection|ABI)|External toolchain |Cannot execute cross-compiler)/),
  strong("toolchain", /available in (?:the )?(?:C library|this toolchain)|support is (?:not )?selected but/),
  strong("toolchain", /^Unable to detect the toolchain|^(?:Distribution|Angstrom) toolchains are/),
  strong("toolchain", /^Could not find gdbserver in external toolchain/),
  // support/scripts: what Buildroot itself finds wrong with what a package installed
  strong("install", /^\*\*\* ERROR: package \S+ installs|^\S+: installs files in |^ERROR: architecture for "/),
  // tar, gzip, xz, unzip
  strong(
    "extract",
    /^(?:\S*\/)?(?:tar|gzip|zcat|bzip2|bzcat|xz|xzcat|zstd|zstdcat|lzip|unzip|cpio)(?: \w+)?: .*(?:not in gzip|not recognized|unexpected end|does not look|corrupt|bad format|not a bzip2)/i,
  ),
  strong(
    "extract",
    /^gzip: stdin: |^xz: \(stdin\): |End-of-central-directory signature not found|^zstd: .*: unsupported format/,
  ),
  strong("extract", /^tar: .*: (?:Cannot|Not found)|^bzip2: \(stdin\) is not a bzip2 file/),
  // wget, curl, git, svn and the others, as the download helpers run them
  strong(
    "download",
    /^(?:wget|curl|scp|ssh|svn|hg|bzr|cvs)(?:: |:? ?\(\d+\) ).*(?:failed|error|unable|refused|could|not|denied|timed)/i,
  ),
  strong(
    "download",
    /unable to resolve host|Could not resolve host|fatal: unable to (?:access|connect)|[:=] ?Connection refused/,
  ),
  strong(
    "download",
    /^(?:\S+ )?\S* ?ERROR [45]\d\d: |Connection timed out|Name or service not known|^Unable to establish SSL connection/,
  ),
  strong(
    "download",
    /^fatal: (?:Could not read from remote|repository '|couldn't find remote ref|'.*' does not appear|Remote branch)/i,
  ),
  strong(
    "download",
    /^Commit '.*' does not exist in this repository|^svn: E\d+: |^abort: (?:repository|error|HTTP|unknown rev)/,
  ),
  strong("download", /^abort: .*(?:not found|unknown revision|refused|known)|^ERROR: \S+ does not exist$/),
  // autoconf, CMake, Meson
  strong("configure", /^configure: error: |^CMake Error\b|^(?:\S+\/)?meson\.build:\d+(?::\d+)?: ERROR: /),
  strong(
    "configure",
    /^ERROR: (?:Unknown options?|Neither|Dependency|Program|Unknown compiler|Could not (?:find|detect))/i,
  ),
  strong("configure", /^Could NOT find .*\(missing: |^CMake \d.* or higher is required/),
  strong(
    "configure",
    /: error: (?:possibly undefined macro|required file '.*' not found|.*\bAC_\w+)|^autoreconf: error: |^(?:aclocal|automake)[-\d.]*: error: /,
  ),
  strong("configure", /^(?:\S+ )?WARNING: '(?:aclocal|automake|autoconf)[-\d.]*' is missing on your system/),
  weak("configure", /No package '.*' found|^configure: WARNING: .*not found/),
  // Kconfig, of Buildroot and of packages; configurations that Buildroot's makefiles refuse
  strong(
    "configuration",
    /^(?:\S*\/)?Config\.\S+:\d+: |^\S*Kconfig\S*:\d+:(?:warning: )?(?!.*defined but)|^\.config:\d+:\d*:? /,
  ),
  strong("configuration", /^(?:\S*defconfig\S*): No such file or directory$|^\*{3} Can't find default configuration/),
  strong("configuration", /recursive dependency detected!|is in the dependency chain of .* without selecting it/),
  // a program that is not there, in the words of bash, dash, env, make
  strong("tool", /(?:^|: )(?:line \d+: |\d+: )?\S+: (?:command not found|not found)$/),
  strong("tool", /^(?:\S*\/)?(?:ba|da|a)?sh: (?:line )?\d+: \S+: No such file or directory$/),
  strong(
    "tool",
    /^(?:\/usr\/bin\/)?env: .*: No such file or directory$|^make(?:\[\d+\])?: \S+: (?:No such file or directory|Permission denied)$/,
  ),
  strong("tool", /: bad interpreter: |^(?:FileNotFoundError|.*exec format error|.*: cannot execute: )/i),
  // gcc, clang, ld, as, rustc, go
  strong(
    "compiler",
    /(?:^|: |\s)(?:fatal error|error|internal compiler error|Error): (?!0\b|unrecognized command|Unable to find)/,
  ),
  strong("compiler", /undefined reference to |: cannot find -l|: cannot find \S+: No such|multiple definition of /),
  strong(
    "compiler",
    /^error(?:\[E\d+\])?: |file (?:format not recognized|in wrong format)|relocation truncated to fit/,
  ),
  strong("compiler", /^\S+\.go:\d+:\d+: |: unrecognized command-line option |^collect2: fatal error/),
  weak("compiler", /^(?:collect2: error: ld returned|compilation terminated)/),
  // Python and Perl
  strong("compiler", /^(?:\w+\.)*(?:\w+Error|\w+Exception|ModuleNotFoundError|SystemExit): |^Can't locate \S+ in @INC/),
  strong("compiler", /^(?:\S+: )?syntax error at \S+ line \d+|: syntax error near unexpected token|: Syntax error: /),
  // a file that is not there, must not be touched, or is something else
  strong(
    "install",
    /^(?:\S*\/)?(?:install|cp|mv|ln|mkdir|rm|rmdir|chmod|chown|rsync|strip|touch|cat|sed): .*: (?:No such file|Permission denied|Not a directory|Is a directory|File exists|Operation not permitted)/,
  ),
  strong("install", /^(?:\S*\/)?(?:install|cp|mv|ln|mkdir|rm|rsync|sed): .*(?:cannot |can't |missing |failed|error)/),
  strong("install", /^rsync error: |^rsync: /),
  weak(
    "unknown",
    /^(?:ERROR|Error|FATAL|fatal)\b[: ]|: Permission denied$|: No such file or directory$|Segmentation fault/,
  ),
  weak(
    "unknown",
    /^Traceback \(most recent call last\)|^(?:.*[:\s])?(?:error|failed|fatal)(?:[:!]|$)|\bcannot \b|^Error /i,
  ),
];

/** Things that look like an error and are none: probing configure scripts, make's own report, shell commands being shown. */
const harmless =
  /^(?:checking |-- |make(?:\[\d+\])?: (?:\*\*\*|Entering|Leaving|Nothing|\[)|\s*(?:echo|printf|rm|test|\/bin\/sh|gcc|g\+\+|cc|ar) |.*\berror: 0\b|.*\bwarning: |.*\(ignored\)$)|^#/;

/** A make that cannot find a program says so itself; everything else that it says is a consequence. */
const makeTool = /^make(?:\[\d+\])?: \S+: (?:No such file or directory|Permission denied)$/;

/** What a line tells about a failure; undefined for the usual line. */
export function judgeLine(line: string): Verdict | undefined {
  if (harmless.test(line) && !makeTool.test(line)) return undefined;
  return patterns.find(({ pattern }) => pattern.test(line));
}

/**
 * Every line that a pattern above fits, every step and every report of make's has one of these words, whatever its case.
 * Each has at least four letters: the search leaps by the shortest.
 */
export const keywords: readonly string[] = [
  ">>> ",
  "*** ",
  "abort",
  "bad interpreter",
  "can't",
  "cannot",
  "collect2",
  "compilation terminated",
  "config.in",
  "could not",
  "couldn't",
  "corrupt",
  "denied",
  "does not",
  "duplicate",
  "end-of-central",
  "error",
  "exception:",
  "exec format",
  "exhausted",
  "exists",
  "fail",
  "fatal",
  "gzip: stdin",
  "incorrect",
  "installs",
  "is missing on",
  "kconfig",
  "killed",
  "known",
  "left on device",
  "memory",
  "multiple definition",
  "must install",
  "no hash",
  "no package",
  "no such",
  "not a directory",
  "not found",
  "not in gzip",
  "not permitted",
  "not recognized",
  "quota",
  "read-only",
  "refused",
  "reversed",
  "rsync",
  "selecting it",
  "sigkill",
  "support",
  "svn: e",
  "syntax",
  "system/",
  "timed out",
  "traceback",
  "truncated",
  "unable",
  "undefined",
  "unexpected",
  "unrecognized",
  "you have",
  "you may have",
  "you need",
  "you seem",
  "your ",
  "(stdin)",
  "is a directory",
  ".go:",
  ".config:",
  "in @inc",
  "segmentation",
  "systemexit",
  "or higher",
  "toolchain",
];

/** A recipe that failed: the target it was to make. */
const recipe = /^make(?:\[(\d+)\])?: \*\*\* \[(?:\S+:\d+: )?(\S.*?)\] (?:Error \d+|[A-Z].*)$/;
/** A makefile that stopped by itself; the text may hold anything. */
const stopped = /^(?:(\S+?):(\d+)|make(?:\[\d+\])?): \*\*\* (?:(.*?)\s*Stop\.|(No rule to make target .*))$/;

export interface MakeError {
  /** How deep in makes that call makes, from 0. */
  readonly level: number;
  readonly target: string | undefined;
  /** For a makefile that stopped: what it says, without quotes. */
  readonly text: string | undefined;
  readonly kind: FailureKind | undefined;
  /** The recipe was ended by a signal: "Killed". */
  readonly killed: boolean;
}

/** make's own report of a failure, undefined for any other line. */
export function parseMakeError(line: string): MakeError | undefined {
  if (!line.includes("*** ")) return undefined;
  const failed = recipe.exec(line);
  if (failed !== null) {
    const killed = line.endsWith("] Killed");
    return { level: Number(failed[1] ?? 0), target: failed[2], text: undefined, kind: undefined, killed };
  }
  const stop = stopped.exec(line);
  if (stop === null) return undefined;
  const text = (stop[3] ?? stop[4]!).replace(/^"|"?\.?$/g, "");
  const syntax =
    /missing separator|No rule to make target|commences before|missing 'endif'|unterminated|extraneous|recursive variable/i.test(
      text,
    );
  const level = Number(/^make\[(\d+)\]/.exec(line)?.[1] ?? 0);
  return { level, target: undefined, text, kind: syntax ? "makefile" : "configuration", killed: false };
}

/** Buildroot's words for what a stamp file stands for (package/pkg-generic.mk). */
export const stampSteps: Readonly<Record<string, string>> = {
  downloaded: "Downloading",
  actual_downloaded: "Downloading",
  extracted: "Extracting",
  rsynced: "Syncing",
  patched: "Patching",
  dotconfig: "Configuring",
  kconfig_fixup_done: "Configuring",
  configured: "Configuring",
  built: "Building",
  host_installed: "Installing to host directory",
  staging_installed: "Installing to staging directory",
  images_installed: "Installing to images directory",
  target_installed: "Installing to target",
  installed: "Installing",
};
