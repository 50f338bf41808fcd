import type { PackageInfos } from "../types.js";
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

/** The ways by which the configuration's packages are fetched, and one package for each: `git+https://...` is git's. */
export function downloadMethods(info: PackageInfos): ReadonlyMap<string, string> {
  const methods = new Map<string, string>();
  for (const one of Object.values(info)) {
    // The first place is upstream's, unless a primary site stands before it.
    for (const { uris } of one.downloads) {
      for (const uri of uris) {
        const method = /^([a-z]+)\+/.exec(uri)?.[1];
        if (method !== undefined && !methods.has(method)) methods.set(method, one.name);
      }
    }
  }
  return methods;
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
  for (const [method, user] of downloadMethods(info))
    for (const tool of tools[method] ?? []) wanted.push({ ...tool, why: `${user} is fetched by ${method}` });
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
