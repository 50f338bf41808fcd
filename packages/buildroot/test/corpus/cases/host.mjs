// What Buildroot finds wrong with the host: its own check, before any package.
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** A PATH with everything of the machine's but for a few programs. */
function pathWithout(folder, without) {
  mkdirSync(folder, { recursive: true });
  const seen = new Set(without);
  for (const from of (process.env.PATH ?? "").split(":")) {
    let names = [];
    try {
      names = readdirSync(from);
    } catch {
      continue;
    }
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      symlinkSync(join(from, name), join(folder, name));
    }
  }
  return folder;
}

function lacking(name, programs, line) {
  return {
    name,
    packages: [{ name: "any", build: "true" }],
    targets: ["dependencies"],
    env: ({ work }) => ({ PATH: pathWithout(join(work, `path-${name}`), programs) }),
    expected: { package: undefined, step: undefined, kind: "dependency", line },
  };
}

function surrounded(name, line, env) {
  return {
    name,
    packages: [{ name: "any", build: "true" }],
    targets: ["dependencies"],
    env,
    expected: { package: undefined, step: undefined, kind: "dependency", line },
  };
}

export const hostCases = [
  lacking("host-bc", ["bc"], "You must install 'bc' on your build machine"),
  lacking("host-many", ["cpio", "unzip", "rsync"], "You must install 'cpio' on your build machine"),
  lacking("host-patch", ["patch"], "You must install GNU patch"),
  surrounded("host-library-path", "You seem to have the current working directory in your", () => ({
    LD_LIBRARY_PATH: "/usr/lib:",
  })),
  surrounded("host-perl", "Your Perl installation is not complete enough", ({ external }) => ({
    PERL5OPT: `-I${external}/perl`,
  })),
];
// A Perl whose module is broken stands for one that is not installed.
hostCases.at(-1).external = { "perl/FindBin.pm": "die 'broken';\n" };
