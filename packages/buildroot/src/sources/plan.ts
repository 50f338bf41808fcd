import { isAbsolute } from "node:path";
import type { PackageInfo, PackageInfos } from "../types.js";
import { type FileHash, strongHash } from "./hash.js";
import type { HashTable } from "./hash-files.js";
import { folderPlaces, placesOf, type Sites } from "./places.js";
import { projectPage } from "./pypi.js";
import type { SourceFile, SourcePlace, SourcePlaceKind, SourcePlan } from "./source-types.js";

export interface PlanSourcesOptions {
  /** What `showInfo()` returned. */
  readonly info: PackageInfos;
  /** What `readHashFiles` returned for it. */
  readonly hashes: HashTable;
  /** The download folder, absolute. */
  readonly dlDir: string;
  /** Folders that hold files as a download folder does, or flat; absolute. */
  readonly mirrors?: readonly string[];
  /** BR2_PRIMARY_SITE and BR2_BACKUP_SITE, to tell their URIs from upstream's. */
  readonly sites?: Sites;
  /** BR2_PRIMARY_SITE_ONLY: no place beside that site and folders. */
  readonly primaryOnly?: boolean;
  /** Files of Debian's source archive by SHA-256; those that may be a file without one by that file's name. */
  readonly debian?: ReadonlyMap<string, readonly string[]>;
  /** The simple index of Python packages: "https://pypi.org/simple". */
  readonly pypi?: string;
}

const order: readonly SourcePlaceKind[] = ["download", "mirror", "primary", "upstream", "debian", "pypi", "backup"];

/**
 * Every file that a configuration needs, with its hashes and the places that may have it, the nearest first. The same file
 * of several packages stands in it once. Nothing is read and nothing is asked.
 */
export function planSources(options: PlanSourcesOptions): SourcePlan {
  const files = new Map<string, SourceFile>();
  const python = new Set<string>();
  for (const [name, info] of Object.entries(options.info)) {
    for (const download of info.downloads) {
      if (download.source === "" || info.dlDir === undefined) continue;
      const lines = info.hashFiles.flatMap((path) => options.hashes.get(path) ?? []);
      const hashes = lines
        .filter(({ file }) => file === download.source)
        .map(({ algorithm, value }) => ({ algorithm, value }));
      const { places, methods } = placesOf(download, options.sites ?? {});
      const file: SourceFile = {
        name: download.source,
        folder: info.dlDir,
        packages: [name],
        versions: [info.version],
        hashes,
        places,
        methods,
      };
      const key = `${info.dlDir}/${download.source}`;
      if (mayBeOnPypi(info)) python.add(key);
      const known = files.get(key);
      files.set(key, known === undefined ? file : merge(known, file));
    }
  }
  const planned = [...files].map(([key, file]) => ({ ...file, places: allPlaces(file, options, python.has(key)) }));
  return {
    dlDir: options.dlDir,
    files: planned.sort((a, b) => (a.name < b.name ? -1 : 1)),
    overridden: Object.entries(options.info)
      .filter(([, { overridden }]) => overridden)
      .map(([name, { overrideDir, recipeVersion }]) => ({ package: name, folder: overrideDir, recipeVersion })),
  };
}

/**
 * True for a package of Buildroot's own that is built with Python. Of an external tree's nobody is asked: its names may be a company's
 * secret.
 */
function mayBeOnPypi({ dependencies, packageDir }: PackageInfo): boolean {
  const python = dependencies.some((name) => name === "python3" || name === "host-python3");
  return python && packageDir !== undefined && !isAbsolute(packageDir);
}

function merge(one: SourceFile, other: SourceFile): SourceFile {
  return {
    ...one,
    packages: [...one.packages, ...other.packages],
    versions: [...one.versions, ...other.versions],
    hashes: distinct([...one.hashes, ...other.hashes], ({ algorithm, value }: FileHash) => `${algorithm} ${value}`),
    places: [...one.places, ...other.places],
    methods: [...new Set([...one.methods, ...other.methods])],
  };
}

function allPlaces(file: SourceFile, options: PlanSourcesOptions, python: boolean): SourcePlace[] {
  const places: SourcePlace[] = [
    ...folderPlaces("download", options.dlDir, file.folder, file.name),
    ...(options.mirrors ?? []).flatMap((mirror) => folderPlaces("mirror", mirror, file.folder, file.name)),
    ...file.places,
  ];
  const hash = options.primaryOnly === true ? undefined : strongHash(file.hashes);
  if (hash?.algorithm === "sha256") {
    for (const url of options.debian?.get(hash.value) ?? []) places.push({ kind: "debian", url });
    const page = options.pypi === undefined ? undefined : projectPage(options.pypi, file, python);
    if (page !== undefined) places.push({ kind: "pypi", url: page });
  } else if (hash !== undefined) {
    for (const url of options.debian?.get(file.name) ?? []) places.push({ kind: "debian", url, byName: true });
  }
  const sorted = order.flatMap((kind) => places.filter((place) => place.kind === kind));
  return distinct(sorted, ({ url }) => url);
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(keyOf(value)) && seen.add(keyOf(value)));
}
