import type { PackageInfo, PackageInfos } from "../types.js";
import { check, type Check, type Rule } from "./context.js";
import { gitVersion } from "./programs.js";

const source = "package/pkg-generic.mk, DL_TOOLS_DEPENDENCIES";

/** The programs that each way of fetching needs beside wget. */
const tools: Readonly<Record<string, readonly { readonly name: string; readonly need: string }[]>> = {
  git: [{ name: "git", need: "git" }],
  svn: [{ name: "svn", need: "svn" }],
  hg: [{ name: "hg", need: "hg" }],
  bzr: [{ name: "bzr", need: "bzr" }],
  cvs: [{ name: "cvs", need: "cvs" }],
  scp: [
    { name: "scp", need: "ssh" },
    { name: "ssh", need: "ssh" },
  ],
  sftp: [{ name: "sftp", need: "ssh" }],
  ftp: [{ name: "curl", need: "curl" }],
  ftps: [{ name: "curl", need: "curl" }],
  smb: [{ name: "curl", need: "curl" }],
};

/** The ways by which a package is fetched: `git+https://...` is git's. */
function methodsOf({ downloads }: PackageInfo): ReadonlySet<string> {
  const methods = downloads.flatMap(({ uris }) => uris.map((uri) => /^([a-z]+)\+/.exec(uri)?.[1]));
  return new Set(methods.filter((method) => method !== undefined));
}

/** What unpacks a source of Buildroot's, where it does not build that program itself (package/pkg-utils.mk, INFLATE). */
const extractors: readonly { readonly pattern: RegExp; readonly name: string; readonly need: string }[] = [
  { pattern: /\.(?:gz|tgz)$/, name: "gzip", need: "gzip" },
  { pattern: /\.(?:bz2|tbz2?)$/, name: "bzcat", need: "bzip2" },
];

interface Wanted {
  readonly name: string;
  readonly need: string;
  readonly why: string;
}

function wantedTools(info: PackageInfos): readonly Wanted[] {
  const wanted: Wanted[] = [];
  for (const one of Object.values(info)) {
    const methods = methodsOf(one);
    for (const method of methods)
      for (const tool of tools[method] ?? []) wanted.push({ ...tool, why: `${one.name} is fetched by ${method}` });
    if (methods.has("git") && one.gitLfs === true)
      wanted.push({ name: "git-lfs", need: "git-lfs", why: `${one.name}'s git repository has large files` });
  }
  for (const one of Object.values(info)) {
    for (const { source: file } of one.downloads) {
      // Crates and Go modules are put into the archive after the download, and Buildroot marks its name.
      if (/-(?:cargo|go)\d+\.tar\.\w+$/.test(file))
        wanted.push({ name: "git", need: "git", why: `${one.name}'s own packages may be fetched by git` });
      const extractor = extractors.find(({ pattern }) => pattern.test(file));
      if (extractor !== undefined)
        wanted.push({ name: extractor.name, need: extractor.need, why: `${file} is unpacked with it` });
    }
  }
  return wanted;
}

/** The programs that fetch and unpack the configuration's own sources. */
export const downloadRule: Rule = async (context) => {
  const { host, options } = context;
  if (options.info === undefined) return [];
  const checks: Check[] = [];
  for (const { name, need, why } of wantedTools(options.info)) {
    const id = `program:${name}`;
    if (checks.some((one) => one.id === id)) continue;
    if (name === "git") checks.push(await gitVersion(context));
    else if ((await host.find(name)) !== undefined) checks.push(check(id));
    else {
      const message = `${name} is not installed.`;
      checks.push(check(id, { severity: "error", message, why, source, needs: [need] }));
    }
  }
  return checks;
};
