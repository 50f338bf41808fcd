import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { whileLocked } from "./while-locked.js";

/** A kernel tree with its own C tool. */
export interface LinuxSource {
  /** Version and patch level, such as `6.12`. */
  readonly version: string;
  /** The tree: at least its Kconfig files, its scripts and the configurations of its architectures. */
  readonly tree: string;
  /** The tree's scripts/kconfig/conf. */
  readonly conf: string;
}

const archive = (version: string): string => `/usr/src/linux-source-${version}.tar.xz`;

/** Trees in use beside the packages: the folders in KCONFIG_LINUX, separated by colons. */
const named = (process.env["KCONFIG_LINUX"] ?? "").split(":").filter((path) => path !== "");

/** Version and patch level from a kernel's Makefile, such as `6.12`. */
function versionOf(tree: string): string {
  const makefile = readFileSync(join(tree, "Makefile"), "utf8");
  const part = (name: string): string => new RegExp(`^${name} = (\\d+)`, "m").exec(makefile)?.[1] ?? "";
  return `${part("VERSION")}.${part("PATCHLEVEL")}`;
}

const namedTree = (version: string): string | undefined =>
  named.find((path) => existsSync(join(path, "scripts/kconfig/conf.c")) && versionOf(path) === version);

/** Why a version cannot be compared with here; `undefined` where it can. */
export function missingForLinux(version: string): string | undefined {
  if (namedTree(version) === undefined && !existsSync(archive(version))) {
    return `neither Debian's package linux-source-${version} is here nor a tree of it in KCONFIG_LINUX`;
  }
  for (const tool of ["make", "gcc", "flex", "bison", "xz"]) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  }
  return undefined;
}

/** Where tests keep trees and tools between runs. */
export const testCache = (): string => join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ipa-br-test");

/** What of a tree its Kconfig files, their shell commands and `make olddefconfig` need. */
const wanted = ["Kconfig*", "Makefile*", "Kbuild*", "*/scripts/*", "arch/*/configs/*", "arch/*/tools/*"];

/** What a configuration in the tree itself makes; by these a kernel's make tells that a tree is not clean. */
const made = [".config", "include/config", "arch/x86/include/generated"];

/**
 * A tree and its C tool. What is needed is unpacked and built once per version of the package, into the user's cache
 * folder; test processes that want it at the same time wait for the first one.
 */
export function linuxSource(version: string): LinuxSource {
  const tree = namedTree(version);
  const cache = testCache();
  const stamp = tree === undefined ? statSync(archive(version)) : statSync(join(tree, "scripts/kconfig/conf.c"));
  const folder = join(cache, `linux-${version}-${stamp.size}-${Math.floor(stamp.mtimeMs)}`);
  mkdirSync(cache, { recursive: true });
  if (!existsSync(folder)) whileLocked(`${folder}.lock`, () => existsSync(folder) || prepare(version, tree, folder));
  // What somebody's conf left in there: a kernel's make refuses such a tree.
  if (tree === undefined) for (const name of made) rmSync(join(folder, "tree", name), { recursive: true, force: true });
  return { version, tree: tree ?? join(folder, "tree"), conf: join(folder, "build/scripts/kconfig/conf") };
}

function prepare(version: string, tree: string | undefined, folder: string): void {
  const work = mkdtempSync(`${folder}.tmp-`);
  try {
    const unpacked = join(work, "tree");
    if (tree === undefined) unpack(version, unpacked);
    const env = { PATH: process.env["PATH"], HOME: work };
    const build = ["-s", "-C", tree ?? unpacked, `O=${join(work, "build")}`, "ARCH=x86", "allnoconfig"];
    execFileSync("make", build, { stdio: ["ignore", "ignore", "pipe"], env });
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpack(version: string, to: string): void {
  mkdirSync(to);
  const options = ["-xf", archive(version), "-C", to, "--strip-components=1", "--wildcards", "--no-anchored"];
  const env = { ...process.env, XZ_OPT: "-T0" };
  execFileSync("tar", [...options, ...wanted], { stdio: ["ignore", "ignore", "pipe"], env });
}
