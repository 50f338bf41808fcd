/** The processors that a toolchain may be laid out for, by Buildroot's names of them. */
export type ToolchainArchitecture = "x86_64" | "aarch64";

/** What the compiler makes programs for. */
export interface Target {
  readonly architecture: ToolchainArchitecture;
  /** Its GNU name: how the programs begin, how Debian's multiarch folders are called. */
  readonly triple: string;
  /** Debian's name of it. */
  readonly debian: string;
  /** Where Debian 13 keeps its kernel headers, beside those of the others. */
  readonly uapi: string;
  /** The compiler's private folder below /usr/lib and /usr/libexec. */
  readonly privateFolder: string;
  /** Where the compiler looks for the C++ headers from the toolchain's folder. */
  readonly cxxHeaders: string;
  /** Whether it is a cross compiler, whose binutils come with it; else they are the host's own, and only linked. */
  readonly cross: boolean;
}

export const targets: Readonly<Record<ToolchainArchitecture, Target>> = {
  x86_64: {
    architecture: "x86_64",
    triple: "x86_64-linux-gnu",
    debian: "amd64",
    uapi: "x86",
    privateFolder: "gcc",
    cxxHeaders: "include/c++",
    cross: false,
  },
  aarch64: {
    architecture: "aarch64",
    triple: "aarch64-linux-gnu",
    debian: "arm64",
    uapi: "arm64",
    privateFolder: "gcc-cross",
    cxxHeaders: "aarch64-linux-gnu/include/c++",
    cross: true,
  },
};
