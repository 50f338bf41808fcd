import type { DoctorHost } from "../../src/doctor/types.js";
import type { ProgramAnswer } from "../../src/types.js";

export interface FakeHost {
  readonly osRelease?: string;
  readonly uid?: number;
  readonly umask?: number;
  readonly memory?: number;
  /** The programs in PATH, each with what it says whatever it is asked; a number is an exit code. */
  readonly programs?: Readonly<Record<string, string | number>>;
  readonly paths?: Readonly<Record<string, "rw" | "r" | "x">>;
  readonly free?: number;
  readonly mount?: readonly string[];
  readonly caseSensitive?: boolean;
}

/** A machine that exists in a test only. */
export function fakeHost(fake: FakeHost): DoctorHost {
  const programs = fake.programs ?? {};
  return {
    osRelease: fake.osRelease ?? "ID=debian\nPRETTY_NAME=Debian\n",
    uid: fake.uid ?? 1000,
    umask: fake.umask ?? 0o022,
    machine: "x86_64",
    memory: fake.memory ?? 16e9,
    find: (name) => Promise.resolve(programs[name] === undefined ? undefined : name),
    run: (file): Promise<ProgramAnswer> => {
      const answer = programs[file];
      if (typeof answer === "string") return Promise.resolve({ exitCode: 0, output: answer });
      return Promise.resolve({ exitCode: answer, output: "" });
    },
    access: (path) => {
      const rights = fake.paths?.[path];
      if (rights === undefined)
        return Promise.resolve(path === "/" ? { kind: "folder", read: true, write: false, execute: true } : undefined);
      const kind = path.endsWith("/") || !/\.\w+$/.test(path) ? "folder" : "file";
      return Promise.resolve({ kind, read: true, write: rights === "rw", execute: rights === "x" });
    },
    space: () =>
      Promise.resolve({
        free: fake.free ?? 1e12,
        freeFiles: undefined,
        options: fake.mount ?? ["rw"],
        caseSensitive: fake.caseSensitive ?? true,
      }),
  };
}

/** What the programs of a healthy host say. */
export const healthy: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "which",
      "sed",
      "grep",
      "/usr/bin/file",
      "wget",
      "cpio",
      "unzip",
      "rsync",
      "bc",
      "cmp",
      "find",
      "xargs",
      "awk",
      "ld",
      "as",
      "ar",
    ].map((name) => [name, ""]),
  ),
  ...Object.fromEntries(
    ["bzip2", "bzcat", "xzcat", "lzip", "zstdcat", "realpath", "ln", "bison", "flex", "/bin/bash"].map((name) => [
      name,
      "",
    ]),
  ),
  perl: "",
  gzip: "gzip 1.12\n",
  install: "install (GNU coreutils) 9.1\n",
  tar: "tar (GNU tar) 1.35\n",
  make: "GNU Make 4.3\n",
  gcc: "gcc version 12.2.0 (Debian 12.2.0-14)\n",
  "g++": "gcc version 12.2.0 (Debian 12.2.0-14)\n",
  patch: "GNU patch 2.7.6\n",
  cmake: "cmake version 3.25.1\n",
  python3: "Python 3.11.2\n",
  git: "git version 2.39.5\n",
};
