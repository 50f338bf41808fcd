import type { PackageInfo } from "../types.js";

/** A symbol whose value differs; undefined for one that is off or not there. */
export interface SymbolChange {
  readonly kind: "symbol";
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A file that a build reads, outside of Buildroot itself or named by the configuration. */
export interface FileChange {
  readonly kind: "file";
  /** Absolute. */
  readonly path: string;
  readonly fate: "added" | "removed" | "changed";
}

/** What of a package is kept to be compared. */
export type PackageFacts = Pick<PackageInfo, "version" | "stampDir" | "packageDir" | "dependencies" | "patches">;

/** What Buildroot tells of a package differently than before; undefined where it is not in the configuration. */
export interface PackageChange {
  readonly kind: "package";
  readonly name: string;
  readonly before: PackageFacts | undefined;
  readonly after: PackageFacts | undefined;
}

/** Another release of Buildroot. */
export interface ReleaseChange {
  readonly kind: "release";
  readonly before: string;
  readonly after: string;
}

export type Change = SymbolChange | FileChange | PackageChange | ReleaseChange;

/** "n" is no value: a symbol that is off and one that is not there are alike to make. */
function effective(values: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = values.get(name);
  return value === "n" ? undefined : value;
}

/**
 * The symbols that differ between any two neighbours of a row of configurations. The values are those of the first and the last;
 * one that was changed and changed back is named all the same, since something may have been built in between.
 */
export function symbolChanges(row: readonly ReadonlyMap<string, string>[]): readonly SymbolChange[] {
  const names = new Set(row.flatMap((values) => [...values.keys()]));
  const changes: SymbolChange[] = [];
  for (const name of names) {
    const values = row.map((one) => effective(one, name));
    if (values.every((value) => value === values[0])) continue;
    const after = values.at(-1);
    const before = values.findLast((value) => value !== after);
    changes.push({ kind: "symbol", name, before, after });
  }
  return changes;
}

/** Path to anything that tells one content from another. */
export type FileSums = ReadonlyMap<string, string>;

export function fileChanges(before: FileSums, after: FileSums): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, sum] of after) {
    const former = before.get(path);
    if (former === undefined) changes.push({ kind: "file", path, fate: "added" });
    else if (former !== sum) changes.push({ kind: "file", path, fate: "changed" });
  }
  for (const path of before.keys()) if (!after.has(path)) changes.push({ kind: "file", path, fate: "removed" });
  return changes;
}

export function packageChanges(
  before: Readonly<Record<string, PackageFacts>>,
  after: Readonly<Record<string, PackageFacts>>,
): readonly PackageChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => JSON.stringify(factsOf(before[name])) !== JSON.stringify(factsOf(after[name])))
    .map((name) => ({ kind: "package", name, before: before[name], after: after[name] }));
}

/** The part of show-info that is compared and kept. */
export function factsOf(info: PackageFacts | undefined): PackageFacts | undefined {
  if (info === undefined) return undefined;
  const { version, stampDir, packageDir, dependencies, patches = [] } = info;
  return { version, stampDir, packageDir, dependencies, patches };
}
