import { describe, expect, it } from "vitest";
import { diagnoseHost, type Diagnosis, type PackageInfos } from "../../src/index.js";
import { knownNeeds } from "../../src/doctor/packages.js";
import { fakeHost, healthy, type FakeHost } from "../support/fake-host.js";

const env = { PATH: "/usr/bin:/bin", HOME: "/home/user" };

function diagnose(fake: FakeHost, more: Partial<Parameters<typeof diagnoseHost>[0]> = {}): Promise<Diagnosis> {
  return diagnoseHost({ env, host: fakeHost(fake), ...more });
}

const withoutProgram = (...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(healthy).filter(([name]) => !names.includes(name)));

const idsOf = ({ problems }: Diagnosis): string[] =>
  problems.filter(({ severity }) => severity !== "note").map(({ id }) => id);

/** A configuration that asks the host for everything that one can ask for. */
const greedy = `
BR2_NEEDS_HOST_JAVA=y
BR2_HOSTARCH_NEEDS_IA32_LIBS=y
BR2_HOSTARCH_NEEDS_IA32_COMPILER=y
BR2_NEEDS_HOST_UTF8_LOCALE=y
BR2_NEEDS_HOST_GCC_PLUGIN_SUPPORT=y
BR2_PACKAGE_LIBOPENSSL=y
BR2_s390x=y
BR2_PACKAGE_MOSH=y
BR2_PACKAGE_MPV=y
BR2_PACKAGE_NETSURF=y
BR2_PACKAGE_WHOIS=y
BR2_PACKAGE_WEBKITGTK=y
BR2_PACKAGE_ACE=y
BR2_PACKAGE_LIBXCRYPT=y
`;

function info(...uris: string[]): PackageInfos {
  return Object.fromEntries(
    uris.map((uri) => {
      const name = uri.split("+")[0]!;
      return [
        name,
        {
          type: "target",
          name,
          version: "1",
          virtual: false,
          licenses: undefined,
          dependencies: [],
          reverseDependencies: [],
          dlDir: name,
          downloads: [{ source: `${name}-1.tar.gz`, uris: [uri] }],
          hashFiles: [],
          overridden: false,
          imageName: undefined,
          cpeId: undefined,
          ignoredCves: [],
        },
      ] as const;
    }),
  );
}

const everyMethod = info(
  ...["git", "svn", "hg", "bzr", "cvs", "scp", "ftp"].map((method) => `${method}+x://example.org/x`),
);

describe("diagnoseHost", () => {
  it("finds nothing wrong with a healthy host", async () => {
    const diagnosis = await diagnose({ programs: healthy, paths: { "/dev/kvm.": "rw" } });
    expect(idsOf(diagnosis)).toEqual([]);
    expect(diagnosis.fix).toBeUndefined();
    expect(diagnosis.checks.length).toBeGreaterThan(40);
  });

  it("finds everything at once where Buildroot stops at the first", async () => {
    const diagnosis = await diagnose({ programs: {} }, { config: greedy, info: everyMethod });
    expect(idsOf(diagnosis)).toEqual(
      expect.arrayContaining([
        ...["which", "sed", "/usr/bin/file", "make", "gcc", "g++", "patch", "perl", "tar", "wget", "cpio", "unzip"].map(
          (name) => `program:${name}`,
        ),
        ...["rsync", "bc", "cmp", "find", "xargs", "awk", "bash", "java"].map((name) => `program:${name}`),
        ...["git", "svn", "hg", "bzr", "cvs", "scp", "ssh", "curl"].map((name) => `program:${name}`),
        ...["ia32:libraries", "ia32:compiler", "gcc:plugins", "locale"],
        ...["Data::Dumper", "bigint", "diagnostics", "Math::BigRat", "Digest::MD5", "autodie"].map(
          (name) => `perl:${name}`,
        ),
        ...["JSON::PP", "FileHandle", "open"].map((name) => `perl:${name}`),
      ]),
    );
    for (const { why, message } of diagnosis.problems) {
      expect(why).not.toBe("");
      expect(message).toMatch(/\.$/);
    }
  });

  it.each([
    ["debian", 'ID=debian\nVERSION_ID=12\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'],
    ["ubuntu", 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID=24.04\nPRETTY_NAME="Ubuntu 24.04 LTS"\n'],
    ["fedora", 'ID=fedora\nVERSION_ID=42\nPRETTY_NAME="Fedora Linux 42"\n'],
    ["opensuse", 'ID=opensuse-tumbleweed\nID_LIKE="opensuse suse"\nPRETTY_NAME="openSUSE Tumbleweed"\n'],
    ["arch", 'ID=arch\nPRETTY_NAME="Arch Linux"\n'],
    ["manjaro", 'ID=manjaro\nID_LIKE=arch\nPRETTY_NAME="Manjaro Linux"\n'],
    ["alpine", 'ID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME="Alpine Linux v3.22"\n'],
    ["unknown", 'ID=plan9\nPRETTY_NAME="Plan 9"\n'],
  ])("says what to type on %s", async (name, osRelease) => {
    const diagnosis = await diagnose({ osRelease, programs: {} }, { config: greedy, info: everyMethod });
    const lines = diagnosis.problems.map(({ id, severity, command }) => `${severity} ${id}\n  ${command ?? "-"}`);
    const text = [diagnosis.distribution, `fix: ${diagnosis.fix?.join(" ") ?? "-"}`, ...lines].join("\n");
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each([
    ["make", "GNU Make 3.80\n", "make is GNU make 3.80; Buildroot needs 3.81 or newer."],
    ["make", "bmake\n", "make is not GNU make."],
    ["gcc", "gcc version 4.7.3\n", "gcc is GCC 4.7.3; Buildroot needs 4.8 or newer."],
    ["g++", "gcc version 4.7.3\n", "g++ is GCC 4.7.3; Buildroot needs 4.8 or newer."],
    ["patch", "GNU patch 2.6.1\n", "patch is GNU patch 2.6.1; Buildroot needs 2.7 or newer."],
    ["patch", "BusyBox v1.36\n", "patch is not GNU patch."],
    [
      "install",
      "install (uutils coreutils) 0.8.0\n",
      "install is that of uutils 0.8.0, which does not set modes as Buildroot needs.",
    ],
  ])("%s: %j", async (program, says, message) => {
    const { problems } = await diagnose({ programs: { ...healthy, [program]: says } });
    expect(problems.filter(({ severity }) => severity === "error").map((one) => one.message)).toEqual([message]);
  });

  it("a C++ compiler that Buildroot would only warn of is a warning", async () => {
    for (const programs of [{ ...healthy, "g++": "clang version 15.0.6\n" }, withoutProgram("g++")]) {
      const { problems } = await diagnose({ programs });
      expect(problems.filter(({ severity }) => severity !== "note")).toMatchObject([
        { id: "program:g++", severity: "warning" },
      ]);
    }
  });

  it("what unpacks is an error once a source needs it", async () => {
    const downloads = [{ source: "zlib-1.3.tar.bz2", uris: ["https+https://example.org/zlib"] }];
    const packages: PackageInfos = { zlib: { ...everyMethod["git"]!, name: "zlib", downloads } };
    const programs = withoutProgram("bzip2", "bzcat");
    expect((await diagnose({ programs })).problems).toContainEqual(
      expect.objectContaining({ id: "program:bzip2", severity: "warning" }),
    );
    expect((await diagnose({ programs }, { info: packages })).problems).toContainEqual(
      expect.objectContaining({ id: "program:bzcat", severity: "error", why: "zlib-1.3.tar.bz2 is unpacked with it" }),
    );
  });

  it("crates and Go modules are fetched by git, whatever their package is fetched by", async () => {
    const programs = { ...healthy, git: "git version 1.9.1\n" };
    const from = (source: string): PackageInfos => ({
      tool: { ...everyMethod["git"]!, name: "tool", downloads: [{ source, uris: ["https+https://example.org/tool"] }] },
    });
    expect(idsOf(await diagnose({ programs }, { info: from("tool-1.0.tar.xz") }))).toEqual([]);
    for (const source of ["tool-1.0-cargo4.tar.gz", "tool-1.0-go2.tar.gz"])
      expect(idsOf(await diagnose({ programs }, { info: from(source) }))).toEqual(["program:git"]);
  });

  it("asks for git-lfs only where a git repository has large files", async () => {
    const from = (gitLfs: boolean, uri: string): PackageInfos => {
      const [one] = Object.values(info(uri));
      return { tool: { ...one!, name: "tool", gitLfs } };
    };
    const [git, http] = ["git+https://example.org/tool.git", "https+https://example.org/tool"];
    expect(idsOf(await diagnose({ programs: healthy }, { info: from(false, git) }))).toEqual([]);
    expect(idsOf(await diagnose({ programs: healthy }, { info: from(true, http) }))).toEqual([]);
    const { problems, fix } = await diagnose({ programs: healthy }, { info: from(true, git) });
    expect(problems.filter(({ severity }) => severity !== "note")).toMatchObject([
      { id: "program:git-lfs", severity: "error", packages: ["git-lfs"], why: expect.stringContaining("tool") },
    ]);
    expect(fix).toContain("git-lfs");
    const programs = { ...healthy, "git-lfs": "" };
    expect(idsOf(await diagnose({ programs }, { info: from(true, git) }))).toEqual([]);
  });

  it("leaves out what only costs time where nobody wants to know", async () => {
    const { problems, checks } = await diagnose({ programs: {}, umask: 0o077 }, { notes: false });
    expect(problems.filter(({ severity }) => severity === "note")).toEqual([]);
    expect(checks.filter((id) => /^(?:replaceable|kvm|menuconfig)/.test(id))).toEqual([]);
  });

  it("looks at each thing once", async () => {
    const { checks } = await diagnose({ programs: {} }, { config: greedy, info: everyMethod });
    expect(checks.length).toBe(new Set(checks).size);
  });

  it("asks for git 2 only where something is fetched with git", async () => {
    const programs = { ...healthy, git: "git version 1.9.1\n" };
    expect(idsOf(await diagnose({ programs }))).toEqual([]);
    expect(idsOf(await diagnose({ programs }, { info: info("git+https://example.org/x.git") }))).toEqual([
      "program:git",
    ]);
  });

  it.each([
    ["tar", "bsdtar 3.6.2 - libarchive 3.6.2\n", "tar"],
    ["tar", "tar (GNU tar) 1.34\n", "tar"],
    ["gzip", "pigz 2.6\n", "gzip"],
    ["cmake", "cmake version 3.16.3\n", "cmake"],
    ["make", "GNU Make 3.82\n", "make-4"],
    ["python3", "Python 3.3.0\n", "python3"],
    ["ln", 1, "coreutils-ln"],
    ["realpath", 127, "coreutils"],
  ])("what Buildroot builds itself is a note: %s %j", async (program, says, id) => {
    const fake = { programs: { ...healthy, [program]: says } };
    const { problems } = await diagnose(fake);
    expect(problems.filter((one) => one.id.startsWith("replaceable:"))).toMatchObject([
      { severity: "note", id: `replaceable:${id}` },
    ]);
    const forced = await diagnose(fake, { config: "BR2_FORCE_HOST_BUILD=y\n" });
    expect(forced.problems.filter((one) => one.id.startsWith("replaceable:"))).toEqual([]);
  });

  it.each([
    [{ PATH: "/usr/bin::/bin" }, "path:here", "export PATH=/usr/bin:/bin"],
    [{ PATH: ".:/usr/bin" }, "path:here", "export PATH=/usr/bin"],
    [{ PATH: "/usr/bin:/opt/my tools" }, "path:space", "export PATH=/usr/bin"],
    [{ PATH: "/usr/bin:/mnt/c/Windows/system32" }, "path:windows", "export PATH=/usr/bin"],
    [{ PATH: "/usr/bin", LD_LIBRARY_PATH: "/opt/lib:" }, "library-path:here", "export LD_LIBRARY_PATH=/opt/lib"],
    [{ PATH: "/usr/bin", LD_LIBRARY_PATH: "." }, "library-path:here", "unset LD_LIBRARY_PATH"],
    [{ PATH: "/usr/bin", PERL_MM_OPT: "INSTALL_BASE=/x" }, "environment:perl", "unset PERL_MM_OPT"],
  ])("environment %j", async (own, id, command) => {
    const { problems } = await diagnose({ programs: healthy }, { env: own });
    expect(problems).toContainEqual(expect.objectContaining({ id, command }));
  });

  it("a locale that is named has to be there", async () => {
    const programs = { ...healthy, locale: "C\nC.utf8\nPOSIX\n" };
    const named = (LANG: string, config = "") => diagnose({ programs }, { env: { ...env, LANG }, config });
    expect(idsOf(await named("de_DE.UTF-8"))).toEqual(["locale"]);
    expect(idsOf(await named("C.UTF-8"))).toEqual([]);
    expect(idsOf(await named("C", "BR2_NEEDS_HOST_UTF8_LOCALE=y\n"))).toEqual([]);
    const without = { ...healthy, locale: "C\nPOSIX\n" };
    const diagnosis = await diagnose({ programs: without }, { config: "BR2_NEEDS_HOST_UTF8_LOCALE=y\n" });
    expect(idsOf(diagnosis)).toEqual(["locale:utf8"]);
  });

  it.each([
    [{ free: 5e8 }, "space:output", "error"],
    [{ free: 3e9 }, "space:output", "warning"],
    [{ mount: ["rw", "noexec"] }, "output:noexec", "error"],
    [{ caseSensitive: false }, "output:case", "error"],
    [{ memory: 1e9 }, "memory", "warning"],
    [{ umask: 0o077 }, "umask", "note"],
    [{ paths: { "/dev/kvm": "r" as const } }, "kvm", "note"],
  ])("resources %j", async (fake, id, severity) => {
    const { problems } = await diagnose({ programs: healthy, ...fake }, { output: "/srv/out" });
    expect(problems).toContainEqual(expect.objectContaining({ id, severity }));
  });

  it("looks at the files that the configuration names, through make's variables", async () => {
    const config = `
BR2_ROOTFS_OVERLAY="$(BR2_EXTERNAL_MINE_PATH)/overlay board/overlay"
BR2_ROOTFS_POST_BUILD_SCRIPT="$(BR2_EXTERNAL_MINE_PATH)/post.sh"
BR2_ROOTFS_POST_IMAGE_SCRIPT="$(TOPDIR)/post-image.sh $(SOMETHING)/else.sh"
BR2_TOOLCHAIN_EXTERNAL_PREINSTALLED=y
BR2_TOOLCHAIN_EXTERNAL_PATH="/opt/toolchain"
BR2_TOOLCHAIN_EXTERNAL_PREFIX="arm-linux"
BR2_CCACHE=y
BR2_CCACHE_DIR="$(HOME)/.ccache"
`;
    const externals = [{ name: "MINE", path: "/srv/mine" }];
    const paths = { "/srv/mine/overlay": "r", "/srv/mine/post.sh": "r", "/srv/br/post-image.sh": "x" } as const;
    const diagnosis = await diagnose({ programs: healthy, paths }, { config, externals, buildroot: "/srv/br" });
    expect(diagnosis.problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([
      "/srv/br/board/overlay is not there.",
      "/srv/mine/post.sh cannot be run.",
      "The external toolchain's compiler is not there: /opt/toolchain/bin/arm-linux-gcc.",
      "/ cannot be written.",
    ]);
  });

  it("has packages of every distribution for what its rules need", () => {
    expect(knownNeeds.length).toBeGreaterThan(35);
  });
});
