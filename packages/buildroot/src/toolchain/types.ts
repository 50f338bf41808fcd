import type { DebianHost } from "../apt/host.js";
import type { BuildHost, BuildrootEvent, Environment } from "../types.js";
import type { ToolchainArchitecture } from "./target.js";

export interface LayOutToolchainOptions {
  /** Created if missing; one folder per toolchain in it. An absolute path that make can work with. */
  readonly cacheDir: string;
  /** What it compiles for. Default "x86_64"; "aarch64" is the distribution's cross compiler. */
  readonly architecture?: ToolchainArchitecture;
  /** The environment for apt, dpkg-deb and the compiler (PATH, proxies). */
  readonly env: Environment;
  readonly signal?: AbortSignal;
  /** Gets `fetch` events: wait, start, download, unpack, verify, done. */
  readonly onEvent?: (event: BuildrootEvent) => void;
  /** Default: this machine. */
  readonly host?: DebianHost & BuildHost;
  /** How old the package lists may be, milliseconds. Default a day. Older ones serve where no mirror answers. */
  readonly listsMaxAgeMs?: number;
}

/** A distribution's own compiler as an external toolchain for Buildroot. */
export interface DebianToolchain {
  /** Absolute path: BR2_TOOLCHAIN_EXTERNAL_PATH. */
  readonly path: string;
  /** The settings that describe it, as a fragment for `configure({ fragments })`. */
  readonly fragment: string;
  /** The file that holds them. */
  readonly fragmentPath: string;
  /** Of the packages' hashes and of the layout: 64 hexadecimal digits. */
  readonly hash: string;
  /** True if the cache had it. */
  readonly reused: boolean;
  readonly facts: ToolchainFacts;
  /** The package files that it is made of. */
  readonly packages: readonly ToolchainPackage[];
}

export interface ToolchainPackage {
  /** "gcc-12_12.2.0-14+deb12u1_amd64.deb". */
  readonly file: string;
  /** As apt writes it: "SHA256:...". */
  readonly hash: string;
}

/** What Buildroot asks of an external toolchain, found out from the toolchain itself. */
export interface ToolchainFacts {
  /** "12.2.0". */
  readonly gcc: string;
  /** "6.1": of the kernel headers in its sysroot. */
  readonly headers: string;
  /** "2.36". */
  readonly glibc: string;
  readonly cxx: boolean;
  readonly openmp: boolean;
  /** Sun RPC in the C library; glibc has none since 2.32. */
  readonly rpc: boolean;
}
