import { compareVersions } from "../version.js";
import { check, compilerNames, isOn, type Check, type DoctorContext, type Rule } from "./context.js";
import type { ProgramAnswer } from "../types.js";
import type { Severity } from "./types.js";

const script = "support/dependencies/dependencies.sh";
const manual = "Buildroot manual, Mandatory packages";

interface Mandatory {
  readonly name: string;
  readonly need: string;
  readonly why: string;
  readonly source?: string;
  /** Buildroot does not stop without it; what needs it does. */
  readonly late?: true;
}

/** Without these Buildroot stops, or a package's first recipe does. */
const mandatory: readonly Mandatory[] = [
  { name: "which", need: "which", why: "Buildroot looks for every other program with it" },
  { name: "sed", need: "sed", why: "Buildroot's recipes edit files with it" },
  { name: "grep", need: "grep", why: "Buildroot's recipes search files with it" },
  { name: "/usr/bin/file", need: "file", why: "libtool runs it by this very path, and fails in odd ways without it" },
  { name: "perl", need: "perl", why: "autoconf, automake and OpenSSL are written in it" },
  { name: "tar", need: "tar", why: "sources are unpacked with it" },
  { name: "wget", need: "wget", why: "sources are downloaded with it" },
  { name: "cpio", need: "cpio", why: "an initramfs is written with it" },
  { name: "unzip", need: "unzip", why: "some sources come as .zip" },
  { name: "rsync", need: "rsync", why: "files are copied into the target and per-package folders with it" },
  { name: "bc", need: "bc", why: "the Linux kernel's build calculates with it" },
  { name: "cmp", need: "diffutils", why: "Buildroot's recipes compare files with it" },
  { name: "find", need: "findutils", why: "Buildroot's recipes list files with it" },
  { name: "xargs", need: "findutils", why: "Buildroot's recipes run commands over lists of files with it" },
  { name: "awk", need: "awk", why: "Buildroot's scripts and many configure scripts use it" },
  { name: "install", need: "coreutils", why: "every package is installed with it" },
  { name: "gzip", need: "gzip", why: "most sources are compressed with it", source: manual, late: true },
  { name: "bzip2", need: "bzip2", why: "some sources are compressed with it", source: manual, late: true },
  { name: "ld", need: "binutils", why: "tools for the host are linked with it", source: manual },
  { name: "as", need: "binutils", why: "tools for the host are assembled with it", source: manual },
  { name: "ar", need: "binutils", why: "libraries for the host are packed with it", source: manual },
];

/** The programs that every build needs. */
export const programRule: Rule = async ({ host }) =>
  Promise.all(
    mandatory.map(async ({ name, need, why, source = script, late }) => {
      const id = `program:${name}`;
      if ((await host.find(name)) !== undefined) return check(id);
      const severity = late === true ? "warning" : "error";
      return check(id, { severity, message: `${name} is not installed.`, why, source, needs: [need] });
    }),
  );

/** bash may be anywhere that the Makefile looks: $BASH, /bin/bash, or `sh` itself. */
export const bashRule: Rule = async ({ host, options }) => {
  if (options.env["BASH"] || (await host.find("/bin/bash"))) return [check("program:bash")];
  const sh = await host.find("sh");
  const itself = sh === undefined ? "" : (await host.run(sh, ["-c", 'echo "$BASH"'])).output.trim();
  if (itself !== "") return [check("program:bash")];
  const why = "Buildroot's recipes are written for bash";
  return [
    check("program:bash", {
      severity: "error",
      message: "bash is not installed.",
      why,
      source: script,
      needs: ["bash"],
    }),
  ];
};

interface Versioned {
  readonly id: string;
  /** Names to try, in order. */
  readonly names: readonly string[];
  readonly args: readonly string[];
  readonly pattern: RegExp;
  readonly oldest: string;
  readonly need: string;
  readonly why: string;
  readonly what: string;
  /** Of its lack; one that is too old is always an error. */
  readonly lack?: Severity;
}

async function versionCheck({ host }: DoctorContext, rule: Versioned): Promise<Check> {
  const base = { severity: rule.lack ?? "error", why: rule.why, source: script, needs: [rule.need] } as const;
  let path: string | undefined;
  for (const name of rule.names) path ??= await host.find(name);
  if (path === undefined) return check(rule.id, { ...base, message: `${rule.names[0]} is not installed.` });
  const { output } = await host.run(path, rule.args);
  const version = rule.pattern.exec(output)?.[1];
  if (version === undefined) return check(rule.id, { ...base, message: `${path} is not ${rule.what}.` });
  if (compareVersions(version, rule.oldest) >= 0) return check(rule.id);
  return check(rule.id, {
    ...base,
    severity: "error",
    message: `${path} is ${rule.what} ${version}; Buildroot needs ${rule.oldest} or newer.`,
  });
}

/** Programs of which Buildroot asks a version. */
export const versionRule: Rule = async (context) => {
  const { env } = context.options;
  const gcc = { args: ["-v"], pattern: /^gcc version (\d[\d.]*)/m, oldest: "4.8" };
  const rules: Versioned[] = [
    {
      id: "program:make",
      names: ["make"],
      args: ["--version"],
      pattern: /^GNU Make (\d[\d.]*)/m,
      oldest: "3.81",
      need: "make",
      what: "GNU make",
      why: "Buildroot is a set of makefiles",
    },
    {
      ...gcc,
      id: "program:gcc",
      names: compilerNames(env, "HOSTCC", ["gcc", "cc"]),
      need: "gcc",
      what: "GCC",
      why: "tools for the host are compiled with it",
    },
    {
      ...gcc,
      id: "program:g++",
      names: compilerNames(env, "HOSTCXX", ["g++", "c++"]),
      need: "g++",
      what: "GCC",
      why: "gcc, CMake and other tools for the host are written in C++",
      lack: "warning",
    },
    {
      id: "program:patch",
      names: ["patch"],
      args: ["-v"],
      pattern: /^GNU patch (\d[\d.]*)/m,
      oldest: "2.7",
      need: "patch",
      what: "GNU patch",
      why: "most packages are patched before they are built",
    },
  ];
  return Promise.all(rules.map((rule) => versionCheck(context, rule)));
};

/** git, once it is there, has to be 2.0.0; whether it has to be there depends on the configuration. */
export async function gitVersion(context: DoctorContext): Promise<Check> {
  return versionCheck(context, {
    id: "program:git",
    names: ["git"],
    args: ["--version"],
    pattern: /^git version (\d[\d.]*)/m,
    oldest: "2.0.0",
    need: "git",
    what: "git",
    why: "a package of this configuration is fetched with git, or fetches its parts with it",
  });
}

/** uutils' install of one version loses modes; dependencies.sh stops at it. */
export const installRule: Rule = async ({ host }) => {
  const path = await host.find("install");
  if (path === undefined) return [];
  const { output } = await host.run(path, ["--version"]);
  if (!/^install \(uutils coreutils\) 0\.8\.0$/m.test(output)) return [check("install:uutils")];
  return [
    check("install:uutils", {
      severity: "error",
      message: "install is that of uutils 0.8.0, which does not set modes as Buildroot needs.",
      why: "files would have wrong modes on the target (github.com/uutils/coreutils/issues/12166)",
      source: script,
      command: "update-alternatives --install /usr/bin/install install /usr/bin/gnuinstall 100",
    }),
  ];
};

interface Replaceable {
  readonly id: string;
  readonly names: readonly string[];
  readonly args?: readonly string[];
  /** Beside what it says, it has to end well. */
  readonly exits?: true;
  readonly fits: (output: string) => boolean;
  readonly wanted: string;
  readonly builds: string;
  readonly need?: string;
  readonly rule: string;
}

const atLeast = (pattern: RegExp, oldest: string) => (output: string) => {
  const version = pattern.exec(output)?.[1];
  return version !== undefined && compareVersions(version, oldest) >= 0;
};

/** What Buildroot builds itself where the host's is missing or too old: time, and sources to be fetched. */
export const replaceableRule: Rule = async ({ host, values }) => {
  if (isOn(values, "BR2_FORCE_HOST_BUILD")) return [];
  const cmake = values.get("BR2_HOST_CMAKE_AT_LEAST")?.replaceAll('"', "") || "3.18";
  const rules: Replaceable[] = [
    {
      id: "tar",
      names: ["tar"],
      args: ["--version"],
      fits: (output) => !output.includes("bsdtar") && atLeast(/\(GNU tar\) (\d[\d.]*)/, "1.35")(output),
      wanted: "GNU tar 1.35 or newer",
      builds: "host-tar",
      rule: "tar.sh",
    },
    { id: "xz", names: ["xzcat"], fits: () => true, wanted: "xzcat", builds: "host-xz", need: "xz", rule: "xzcat.mk" },
    {
      id: "lzip",
      names: ["lzip"],
      fits: () => true,
      wanted: "lzip",
      builds: "host-lzip",
      need: "lzip",
      rule: "lzip.mk",
    },
    {
      id: "zstd",
      names: ["zstdcat"],
      fits: () => true,
      wanted: "zstdcat",
      builds: "host-zstd",
      need: "zstd",
      rule: "zstd.mk",
    },
    {
      id: "gzip",
      names: ["gzip"],
      args: ["--version"],
      fits: (output) => !output.includes("pigz"),
      wanted: "gzip that is not pigz",
      builds: "host-gzip",
      rule: "gzip.sh",
    },
    {
      id: "cmake",
      names: ["cmake", "cmake3"],
      args: ["--version"],
      fits: atLeast(/version (\d[\d.]*)/, cmake),
      wanted: `CMake ${cmake} or newer`,
      builds: "host-cmake",
      need: "cmake",
      rule: "cmake.mk",
    },
    {
      id: "make-4",
      names: ["make"],
      args: ["--version"],
      fits: atLeast(/^GNU Make (\d[\d.]*)/m, "4.0"),
      wanted: "GNU make 4.0 or newer",
      builds: "host-make",
      need: "make",
      rule: "make.mk",
    },
    {
      id: "python3",
      names: ["python3", "python"],
      args: ["-V"],
      fits: atLeast(/^Python (\d[\d.]*)/m, "3.4"),
      wanted: "Python 3.4 or newer",
      builds: "host-python3",
      need: "python3",
      rule: "python3.mk",
    },
    {
      id: "coreutils",
      names: ["realpath"],
      args: ["--help"],
      exits: true,
      fits: () => true,
      wanted: "realpath",
      builds: "host-coreutils",
      need: "coreutils",
      rule: "coreutils.sh",
    },
    {
      id: "coreutils-ln",
      names: ["ln"],
      args: ["--relative", "--help"],
      exits: true,
      fits: () => true,
      wanted: "ln that knows --relative",
      builds: "host-coreutils",
      need: "coreutils",
      rule: "coreutils.sh",
    },
    {
      id: "bison",
      names: ["bison"],
      fits: () => true,
      wanted: "bison",
      builds: "host-bison",
      need: "bison",
      rule: "bison-flex.mk",
    },
    {
      id: "flex",
      names: ["flex"],
      fits: () => true,
      wanted: "flex",
      builds: "host-flex",
      need: "flex",
      rule: "bison-flex.mk",
    },
  ];
  return Promise.all(
    rules.map(async ({ id, names, args, exits, fits, wanted, builds, need, rule }) => {
      let fitting = false;
      for (const name of names) {
        const path: string | undefined = fitting ? undefined : await host.find(name);
        if (path === undefined) continue;
        const said: ProgramAnswer | undefined = args === undefined ? undefined : await host.run(path, args);
        fitting = fits(said?.output ?? "") && (exits !== true || said?.exitCode === 0);
      }
      if (fitting) return check(`replaceable:${id}`);
      return check(`replaceable:${id}`, {
        severity: "note",
        message: `There is no ${wanted}.`,
        why: `Buildroot builds ${builds} itself where a package needs it: some more time, and a source to be fetched`,
        source: `support/dependencies/check-host-${rule}`,
        ...(need === undefined ? {} : { needs: [need] }),
      });
    }),
  );
};
