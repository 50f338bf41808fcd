import type { PackageManager } from "./types.js";

type Names = Readonly<Record<PackageManager, string>>;

const same = (name: string): Names => ({ apt: name, dnf: name, zypper: name, pacman: name, apk: name });

/** Which package of each distribution has a program or a thing; several names have spaces between, none is an empty text. */
const table: Readonly<Record<string, Names>> = {
  which: { ...same("which"), apt: "debianutils", apk: "busybox" },
  sed: same("sed"),
  grep: same("grep"),
  file: same("file"),
  make: same("make"),
  gcc: { ...same("gcc"), apt: "build-essential", apk: "build-base" },
  "g++": { apt: "build-essential", dnf: "gcc-c++", zypper: "gcc-c++", pacman: "gcc", apk: "build-base" },
  binutils: same("binutils"),
  bash: same("bash"),
  patch: same("patch"),
  gzip: same("gzip"),
  bzip2: same("bzip2"),
  perl: same("perl"),
  tar: same("tar"),
  wget: same("wget"),
  cpio: same("cpio"),
  unzip: same("unzip"),
  rsync: same("rsync"),
  bc: same("bc"),
  diffutils: same("diffutils"),
  findutils: same("findutils"),
  awk: same("gawk"),
  coreutils: same("coreutils"),
  svn: same("subversion"),
  git: same("git"),
  "git-lfs": same("git-lfs"),
  bzr: { ...same("breezy"), apt: "brz" },
  ssh: { ...same("openssh-clients"), apt: "openssh-client", pacman: "openssh", apk: "openssh-client" },
  hg: same("mercurial"),
  cvs: same("cvs"),
  curl: same("curl"),
  xz: { ...same("xz"), apt: "xz-utils" },
  lzip: same("lzip"),
  zstd: same("zstd"),
  cmake: same("cmake"),
  python3: { ...same("python3"), pacman: "python" },
  bison: same("bison"),
  flex: same("flex"),
  ccache: same("ccache"),
  ncurses: { ...same("ncurses-devel"), apt: "libncurses-dev", pacman: "ncurses", apk: "ncurses-dev" },
  locale: {
    apt: "locales",
    dnf: "glibc-langpack-en",
    zypper: "glibc-locale",
    pacman: "glibc",
    apk: "musl-locales",
  },
  java: {
    apt: "default-jre-headless",
    dnf: "java-latest-openjdk-headless",
    zypper: "java-21-openjdk-headless",
    pacman: "jre-openjdk-headless",
    apk: "openjdk21-jre-headless",
  },
  "ia32-libraries": {
    apt: "libc6-i386 lib32stdc++6 lib32z1",
    dnf: "glibc.i686 libstdc++.i686 zlib.i686",
    zypper: "glibc-32bit libstdc++6-32bit libz1-32bit",
    pacman: "lib32-glibc lib32-gcc-libs lib32-zlib",
    apk: "",
  },
  "ia32-compiler": {
    apt: "gcc-multilib g++-multilib",
    dnf: "glibc-devel.i686 libstdc++-devel.i686",
    zypper: "gcc-32bit gcc-c++-32bit",
    pacman: "lib32-glibc lib32-gcc-libs",
    apk: "",
  },
  "gcc-plugin": {
    apt: "gcc-@GCC@-plugin-dev",
    dnf: "gcc-plugin-devel",
    zypper: "gcc-devel",
    pacman: "gcc",
    apk: "gcc",
  },
};

/** Fedora packs each of Perl's modules by itself; the others have all of these in one package. */
export const perlNeed = (module: string): string => `perl:${module}`;

/**
 * The packages for what is needed, in the words of one package manager, sorted and each once.
 * `gcc` is the major version of the host's compiler, which Debian has in a package's name.
 */
export function packagesFor(needs: readonly string[], manager: PackageManager, gcc: string | undefined): string[] {
  const names = needs.flatMap((need) => {
    if (need.startsWith("perl:")) return manager === "dnf" ? [`perl-${need.slice(5).replaceAll("::", "-")}`] : ["perl"];
    const found = table[need];
    if (found === undefined) throw new RangeError(`no package is known for ${need}`);
    return found[manager].replace("@GCC@", gcc ?? "12").split(" ");
  });
  return [...new Set(names.filter((name) => name !== ""))].sort();
}

/** What the table knows; for the test that every rule's needs are in it. */
export const knownNeeds: readonly string[] = Object.keys(table);
