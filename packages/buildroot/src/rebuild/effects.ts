import type { RebuildAction } from "../types.js";

/** What a change asks for. */
export type Effect =
  | { readonly level: "image"; readonly why: string; readonly section: string }
  | {
      readonly level: "packages";
      readonly package: string;
      readonly action: RebuildAction;
      readonly why: string;
      readonly section: string;
    }
  | { readonly level: "clean"; readonly canWait: boolean; readonly why: string; readonly section: string };

/** What the tree tells of symbols, files and packages; all paths are absolute. */
export interface RebuildContext {
  readonly buildroot: string;
  /** The output folder. */
  readonly output: string;
  /** External trees by name. */
  readonly externals: ReadonlyMap<string, string>;
  /** The values of the configuration that is to be built. */
  readonly values: ReadonlyMap<string, string>;
  /** The Config.in files that define a symbol. */
  definedIn(symbol: string): readonly string[];
  /** The makefiles that name a symbol. */
  readersOf(symbol: string): readonly string[];
  /** The makefiles of packages that name a path, or a folder above it. */
  makefilesNaming(path: string): readonly string[];
  /** The packages of the configuration whose makefiles lie in a folder. */
  packagesIn(folder: string): readonly string[];
  readonly packages: ReadonlyMap<string, RebuildPackage>;
}

export interface RebuildPackage {
  /** The packages that name it in their DEPENDENCIES. */
  readonly users: readonly string[];
  /** True if anything of it is done in the output folder. */
  readonly built: boolean;
  /** True if its source is a folder, which Buildroot copies: OVERRIDE_SRCDIR, or SITE_METHOD = local. */
  readonly localSource: boolean;
  /** True for a package with a .config of its own: the kernel, BusyBox, boot loaders. */
  readonly kconfig: boolean;
}

/** What everything else is built with or on: these are not made anew by themselves. */
export function isFoundation(name: string): boolean {
  return /^(?:toolchain|skeleton-|glibc$|musl$|uclibc$|linux-headers$|gcc-(?:initial|final)$|host-(?:binutils|gcc-(?:initial|final))$)/.test(
    name,
  );
}

/** Host tools that only unpack or wrap; Buildroot adds and drops them as the host needs. */
const unpackers = /^host-(?:ccache|fakedate|skeleton|tar|gzip|xz|lzip|zstd|bzip2|cmake|make)$/;

/** The dependencies that make a difference to what comes out. */
export function essentialDependencies(names: readonly string[]): readonly string[] {
  return names.filter((name) => !unpackers.test(name)).toSorted();
}
