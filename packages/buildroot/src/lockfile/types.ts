/** What a build is made of: `ipa-br.lock.json`. The same lock gives the same configuration, sources and tools. */
export interface BuildLock {
  /** Of this form; 1. */
  readonly version: 1;
  readonly buildroot: LockedTree & { readonly version: string };
  readonly externals: readonly (LockedTree & { readonly name: string })[];
  /** undefined if the configuration came from none. */
  readonly defconfig?: LockedFile;
  readonly fragments: readonly LockedFile[];
  /** The minimal configuration by symbol, in .config's notation; folders of this machine stand as $(O), $(TOPDIR) and the like. */
  readonly configuration: Readonly<Record<string, string>>;
  readonly toolchain: LockedToolchain;
  readonly sources: readonly LockedSource[];
  /** Only with BR2_REPRODUCIBLE: the output folder, whose path gets into what is built, and the time that files are given. */
  readonly reproducible?: { readonly output: string; readonly sourceDateEpoch: number };
}

export interface LockedTree {
  /** The git commit; not there for a tree without git. For people and for fetching: what counts is the content. */
  readonly commit?: string;
  /** SHA-256 over all files of the tree: path, kind, mode and content. */
  readonly content: string;
}

export interface LockedFile {
  /** For a defconfig its name, for a fragment its file name. */
  readonly name: string;
  readonly sha256: string;
}

export interface LockedToolchain {
  /** buildroot: built from sources. download: a ready-made one, among the sources. local: a folder of this machine. */
  readonly kind: "buildroot" | "download" | "local";
  /** local only: of a laid-out toolchain the hash of its packages, else over all of its files. */
  readonly content?: string;
}

export interface LockedSource {
  /** "busybox/busybox-1.37.0.tar.bz2". */
  readonly name: string;
  /** "sha256:<hex>", the strongest that Buildroot has; "none" where only make can judge the file. */
  readonly hash: string;
}

/** One thing that differs from the lock. */
export interface LockDrift {
  /** "configuration", "sources", "externals"... */
  readonly part: keyof BuildLock;
  /** Which of them: a symbol, a file, a tree; undefined where there is only one. */
  readonly name: string | undefined;
  /** undefined for what only one of them has. */
  readonly locked: string | undefined;
  readonly found: string | undefined;
}
