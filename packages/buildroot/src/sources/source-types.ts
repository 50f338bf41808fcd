import type { FileHash } from "./hash.js";

/** Where a file may be had, in the order in which it is looked for. */
export type SourcePlaceKind = "download" | "mirror" | "primary" | "upstream" | "debian" | "pypi" | "backup";

export interface SourcePlace {
  readonly kind: SourcePlaceKind;
  /** Of the file itself, with http, https or file; for "pypi" of the project's page in the index. */
  readonly url: string;
  /** The file was found by its name, since Buildroot has no hash that an index lists: only its content tells whether it is the one. */
  readonly byName?: true;
}

/** A file that the configuration needs. */
export interface SourceFile {
  /** "busybox-1.37.0.tar.bz2". */
  readonly name: string;
  /** Its folder below the download folder: "busybox". */
  readonly folder: string;
  /** The packages that need it. */
  readonly packages: readonly string[];
  /** The version of each of them, at the same place; undefined for one without. */
  readonly versions: readonly (string | undefined)[];
  /** What Buildroot's .hash files say, those of BR2_GLOBAL_PATCH_DIR included. Empty: only make can judge the file. */
  readonly hashes: readonly FileHash[];
  readonly places: readonly SourcePlace[];
  /** Download methods of Buildroot's that only make has: git, svn, scp and their like. */
  readonly methods: readonly string[];
}

export interface SourcePlan {
  /** The download folder, absolute (BR2_DL_DIR). */
  readonly dlDir: string;
  readonly files: readonly SourceFile[];
  /** The packages that need no file, since `<PKG>_OVERRIDE_SRCDIR` names a folder. */
  readonly overridden: readonly OverriddenSource[];
}

/** A package whose source is a folder. */
export interface OverriddenSource {
  readonly package: string;
  /** undefined where the tree cannot tell it. */
  readonly folder: string | undefined;
  /** The version that its makefile names, and that is not built. */
  readonly recipeVersion: string | undefined;
}

/** present: it was there. fetched: it is there now. missing: no place that could be reached has it. no-hash: make has to fetch it. */
export type SourceOutcome = "present" | "fetched" | "missing" | "no-hash";

export interface SourceResult {
  readonly file: SourceFile;
  readonly outcome: SourceOutcome;
  /** Where it was fetched from. */
  readonly place: SourcePlace | undefined;
  /** Where it was looked for in vain, and why. */
  readonly tried: readonly { readonly place: SourcePlace; readonly reason: string }[];
}

export interface FetchSourcesResult {
  readonly files: readonly SourceResult[];
  /** Those of `files` that no reachable place has. */
  readonly missing: readonly SourceResult[];
  /** Bytes that were fetched. */
  readonly bytes: number;
  readonly seconds: number;
}

export interface SourceVerdict {
  readonly file: SourceFile;
  /** Absolute. */
  readonly path: string;
  readonly state: "good" | "wrong" | "missing" | "no-hash";
  /** For a wrong one: which hash, and what it is instead. */
  readonly reason: string | undefined;
}
