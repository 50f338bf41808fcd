import { BuildrootError } from "../errors.js";
import type { MatrixEntry, PipelineOptions } from "./types.js";

/** Throws MATRIX_INVALID for entries that cannot be told apart or named, or for a remote storage that ccache has not. */
export function checkPipeline({ entries, remoteCache }: PipelineOptions, most: number): void {
  checkEntries(entries);
  if (entries.length > most)
    throw invalid(`${entries.length} configurations are more than the ${most} that this engine takes`);
  if (remoteCache !== undefined && !/^(?:https?:\/\/|redis:\/\/|redis\+unix:)[^\s|]+$/.test(remoteCache))
    throw invalid(`${remoteCache} is no remote storage of ccache: an address with http, https, redis or redis+unix`);
}

/** Throws MATRIX_INVALID. */
export function checkEntries(entries: readonly MatrixEntry[]): void {
  if (entries.length === 0) throw invalid("there is no configuration in it");
  const names = new Set<string>();
  for (const { name, defconfig } of entries) {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) throw invalid(`"${name}" is no name of letters, digits and . _ -`);
    if (!/^[\w.+-]+$/.test(defconfig)) throw invalid(`"${defconfig}" is no defconfig's name`);
    if (names.has(name)) throw invalid(`two configurations are called ${name}`);
    names.add(name);
  }
}

function invalid(problem: string): BuildrootError {
  return new BuildrootError("MATRIX_INVALID", `The matrix cannot be built: ${problem}.`, {
    hint: "Each configuration has a name of its own and a defconfig.",
    details: { problem },
  });
}
