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

/** The programs that fetch and unpack the configuration's own sources. */
export const downloadRule: Rule = async (context) => {
  const { host, options } = context;
  if (options.info === undefined) return [];
  const checks: Check[] = [];
  for (const [method, user] of downloadMethods(options.info)) {
    for (const { name, need } of tools[method] ?? []) {
      const id = `program:${name}`;
      if (checks.some((one) => one.id === id)) continue;
      if (name === "git") checks.push(await gitVersion(context));
      else if ((await host.find(name)) !== undefined) checks.push(check(id));
      else {
        checks.push(
          check(id, {
            severity: "error",
            message: `${name} is not installed.`,
            why: `${user} is fetched by ${method}`,
            source,
            needs: [need],
          }),
        );
      }
    }
  }
  return checks;
};
