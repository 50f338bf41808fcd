import type { FailureKind } from "../errors.js";

/** Lines that tell why a step failed, by what they are about. Order matters: the first that fits names the kind. */
const patterns: readonly { readonly kind: FailureKind; readonly pattern: RegExp }[] = [
  // support/download/check-hash
  { kind: "hash", pattern: /^ERROR: .*(?:wrong \w+ hash|No hash found|checking hashes|different size)/ },
  { kind: "hash", pattern: /^ERROR: (?:expected|got) *: / },
  // support/scripts/apply-patches.sh and patch itself
  {
    kind: "patch",
    pattern: /Hunk #\d+ FAILED|hunks? FAILED|^patch: \*\*\*\*|Reversed \(or previously applied\) patch/,
  },
  { kind: "patch", pattern: /^(?:Unsupported file type|Duplicate filename|Patch failed|can't find file to patch)/i },
  // support/dependencies/dependencies.sh
  { kind: "dependency", pattern: /^You (?:must|may have to) install |^Your (?:PATH|Perl|Buildroot configuration) / },
  { kind: "dependency", pattern: /^You seem to have the current working directory|^You need at least one UTF8 locale/ },
  // toolchain/helpers.mk: one plain line just above make's
  { kind: "toolchain", pattern: /^(?:Incorrect (?:selection|ABI)|External toolchain|Cannot execute cross-compiler)/ },
  { kind: "toolchain", pattern: /available in (?:the )?(?:C library|this toolchain)|support is (?:not )?selected but/ },
  { kind: "toolchain", pattern: /^Unable to detect the toolchain|^(?:Distribution|Angstrom) toolchains are/ },
  // wget, curl, git, svn as the download helpers run them
  { kind: "download", pattern: /^(?:wget|curl|scp|ssh|svn|hg|bzr)(?:: |:.*(?:failed|error))|ERROR 4\d\d: / },
  {
    kind: "download",
    pattern: /unable to resolve host|Could not resolve host|fatal: unable to access|Connection refused/,
  },
  { kind: "download", pattern: /^fatal: (?:Could not read from remote|repository '|couldn't find remote ref)/ },
  // configure, CMake, Meson
  { kind: "configure", pattern: /^configure: error: |^CMake Error\b|^(?:\S+\/)?meson\.build:\d+:\d+: ERROR: / },
  { kind: "configure", pattern: /^(?:ERROR|Error): (?:Dependency|Program|Unknown compiler)|No package '.*' found/ },
  // gcc, clang, ld, rustc
  { kind: "compiler", pattern: /(?:^|: |\s)(?:fatal error|error|internal compiler error): (?!0\b)/ },
  { kind: "compiler", pattern: /undefined reference to |: cannot find -l|multiple definition of |^error\[E\d+\]/ },
  { kind: "unknown", pattern: /: (?:command )?not found$|: Permission denied$|: No space left on device$|^Killed$/ },
  {
    kind: "unknown",
    pattern: /^(?:ERROR|Error)\b[: ]|: No such file or directory$|^Traceback \(most recent call last\)/,
  },
];

/** Things that look like an error and are none: probing configure scripts, make's own report, shell commands being shown. */
const harmless =
  /^(?:checking |make(?:\[\d+\])?: (?:\*\*\*|Entering|Leaving|Nothing)|\s*(?:echo|printf) |.*\berror: 0\b)/;

/** What a line tells about a failure; undefined for the usual line. */
export function failureKind(line: string): FailureKind | undefined {
  if (harmless.test(line)) return undefined;
  return patterns.find(({ pattern }) => pattern.test(line))?.kind;
}

/** What is in nearly every line worth a closer look: a cheap test before the dear ones. */
export const suspicious: RegExp =
  /error|fail|must install|you |your |toolchain|librar|support is|incorrect|cannot|unable|fatal|not found|denied|no space|killed|traceback|no such|undefined|multiple|could|reversed|duplicate|unsupported|can't|package '|wget|curl|scp|ssh|svn|hg|bzr|refused/i;

/** A recipe that failed: the target it was to make. */
const recipe = /^make(?:\[\d+\])?: \*\*\* \[(?:\S+:\d+: )?(\S.*?)\] (?:Error \d+|[A-Z].*)$/;
/** A makefile that stopped by itself; the text may hold anything. */
const stopped = /^(?:(\S+?):(\d+)|make(?:\[\d+\])?): \*\*\* (.*?)\s*Stop\.$/;

export interface MakeError {
  readonly target: string | undefined;
  /** For a makefile that stopped: what it says, without quotes. */
  readonly text: string | undefined;
  readonly kind: FailureKind | undefined;
}

/** make's own report of a failure, undefined for any other line. */
export function parseMakeError(line: string): MakeError | undefined {
  if (!line.includes("*** ")) return undefined;
  const failed = recipe.exec(line);
  if (failed !== null) return { target: failed[1], text: undefined, kind: undefined };
  const stop = stopped.exec(line);
  if (stop === null) return undefined;
  const text = stop[3]!.replace(/^"|"?\.?$/g, "");
  const syntax = /missing separator|No rule to make target|commences before|missing 'endif'|unterminated/.test(text);
  return { target: undefined, text, kind: syntax ? "makefile" : "configuration" };
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
