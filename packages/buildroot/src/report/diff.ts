import type { SettingChange } from "../types.js";
import { splitLicences } from "./licences.js";
import type { BuildReport, ReportPackage } from "./types.js";

/** How two builds differ; `before` or `after` is undefined for what only one of them has. */
export interface ReportDifference {
  readonly images: readonly Changed<{ readonly size: number; readonly sha256: string }>[];
  readonly targetSize: { readonly before: number; readonly after: number };
  /** Target packages that came, went, or have another version or size; the greatest change of size first. */
  readonly packages: readonly Changed<{ readonly version: string | undefined; readonly size: number }>[];
  /** Symbols whose values differ; one that is absent counts as n. */
  readonly config: readonly SettingChange[];
  /** Licences of target packages that came or went, with the packages that have them. */
  readonly licences: readonly Changed<readonly string[]>[];
}

export interface Changed<T> {
  readonly name: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Compares two builds: images, sizes, packages, configuration, licences. */
export function diffReports(before: BuildReport, after: BuildReport): ReportDifference {
  const image = (report: BuildReport) =>
    new Map(report.images.map(({ name, size, sha256 }) => [name, { size, sha256 }]));
  const sized = (report: BuildReport) =>
    new Map(targets(report).map(({ name, version, size }) => [name, { version, size }]));
  const packages = changes(sized(before), sized(after));
  const growth = ({ before: a, after: b }: (typeof packages)[number]): number =>
    Math.abs((b?.size ?? 0) - (a?.size ?? 0));
  return {
    images: changes(image(before), image(after)),
    targetSize: { before: before.targetSize, after: after.targetSize },
    packages: packages.sort((a, b) => growth(b) - growth(a) || (a.name < b.name ? -1 : 1)),
    config: configChanges(before.config, after.config),
    licences: changes(licences(before), licences(after)).filter(
      ({ before: a, after: b }) => a === undefined || b === undefined,
    ),
  };
}

function targets({ packages }: BuildReport): ReportPackage[] {
  return packages.filter(({ type, virtual }) => type === "target" && !virtual);
}

function licences(report: BuildReport): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, licenses } of targets(report))
    for (const licence of splitLicences(licenses)) found.set(licence, [...(found.get(licence) ?? []), name]);
  return found;
}

function changes<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Changed<T>[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

function configChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): SettingChange[] {
  // What is not there is off: an absent bool and one that "is not set" are the same, an empty text too.
  const present = (value: string | undefined): string | undefined =>
    value === "n" || value === '""' ? undefined : value;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => ({ name, before: before[name], after: after[name] }))
    .filter((one) => present(one.before) !== present(one.after));
}
