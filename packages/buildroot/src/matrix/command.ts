import type { MatrixEntry, PipelineOptions } from "./types.js";

/** Settings that every job has: the compiler cache, where a remote storage makes it worth while. */
function settingsOf(entry: MatrixEntry, { remoteCache }: PipelineOptions): string[] {
  const cache = remoteCache === undefined ? {} : { BR2_CCACHE: true };
  return Object.entries({ ...cache, ...entry.set }).map(([name, value]) => {
    return `${name}=${value === true ? "y" : value === false ? "n" : String(value)}`;
  });
}

/** The options of `ipa-br build` for an entry, each quoted for a shell. */
export function buildArguments(entry: MatrixEntry, options: PipelineOptions): string {
  const words = [
    ...["--defconfig", entry.defconfig],
    ...(entry.fragments ?? []).flatMap((path) => ["--fragment", path]),
    ...settingsOf(entry, options).flatMap((setting) => ["--set", setting]),
  ];
  return words.map((word) => quote(word)).join(" ");
}

export function commandOf({ command }: PipelineOptions): string {
  return command ?? "npx --yes @ipa-br/cli";
}

/** The variables that ccache reads; only what the build really uses is stored, and its own folder stays small. */
export function cacheVariables({ remoteCache }: PipelineOptions): Readonly<Record<string, string>> {
  return remoteCache === undefined ? {} : { CCACHE_REMOTE_STORAGE: remoteCache, CCACHE_MAXSIZE: "5G" };
}

/** A word as a POSIX shell reads it back. */
function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** What Debian and Ubuntu need beside Node (Buildroot manual, "Mandatory packages"). */
export const hostPackages: string =
  "bc build-essential ca-certificates cpio file git libncurses-dev patch perl python3 rsync unzip wget";
