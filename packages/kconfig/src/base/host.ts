/** What a shell command gave: its standard output, what it complained of, and its exit status. */
export interface ShellResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/**
 * Everything that the engine asks of the outside. `nodeHost()` of `@ipa-br/kconfig/node` is one; `memoryHost()`
 * serves tests and browsers. Paths use `/`.
 */
export interface KconfigHost {
  /** The text of a file, or `undefined` where there is no such file (a directory counts as none). */
  readFile(path: string): string | undefined;
  /**
   * The names in a folder, in any order; `undefined` where there is no such folder. Asked by the dialects whose `source`
   * takes wildcards; without it, these find nothing.
   */
  list?(folder: string): readonly string[] | undefined;
  /**
   * Runs a command by `sh -c` for `$(shell ...)` of the dialects that have macros. Without it, such a macro is a
   * diagnostic and expands to nothing.
   */
  shell?(command: string): ShellResult;
  /**
   * A short text that is another one whenever one of these files has other contents, appears or vanishes. Trees that a
   * `TreeStore` kept are taken from it only where this is what it was. With `texts`, one for each path, it is what it
   * would be with these contents.
   */
  fingerprint?(paths: readonly string[], texts?: readonly (string | undefined)[]): string;
}

/** A host over a record of files: path to text. */
export function memoryHost(files: Readonly<Record<string, string>>): KconfigHost {
  const map = new Map(Object.entries(files));
  return { readFile: (path) => map.get(path), list: (folder) => namesIn(map.keys(), folder) };
}

function namesIn(paths: Iterable<string>, folder: string): string[] | undefined {
  const start = folder === "" ? "" : `${folder}/`;
  const names = new Set<string>();
  for (const path of paths) if (path.startsWith(start)) names.add(path.slice(start.length).split("/")[0]!);
  return names.size === 0 ? undefined : [...names];
}
