import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { testCache } from "./linux-source.js";
import { whileLocked } from "./while-locked.js";

/** BusyBox as Debian 12 has it. */
const release = {
  url: "http://deb.debian.org/debian/pool/main/b/busybox/busybox_1.35.0.orig.tar.bz2",
  sha256: "faeeb244c35a348a334f4a59e44626ee870fb07b6884d68c10ae8bc19f83a694",
};

/** A tree of BusyBox with its Config.in files, and its conf, which takes the time from ORACLE_TIME. */
export interface BusyboxOracle {
  readonly tree: string;
  readonly conf: string;
}

const clock = `#include <stdlib.h>
#include <time.h>
time_t oracle_time(time_t *now)
{
	const char *text = getenv("ORACLE_TIME");
	time_t value = text ? strtoul(text, 0, 10) : 0;
	if (now) *now = value;
	return value;
}
`;

/**
 * The oracle: of the tree that KCONFIG_BUSYBOX names, else of Debian's source archive, which is fetched once into the
 * user's cache folder. A text where it is not to be had: why.
 */
export async function busyboxOracle(): Promise<BusyboxOracle | string> {
  for (const tool of ["make", "gcc", "bzip2"]) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  }
  const named = process.env["KCONFIG_BUSYBOX"];
  const folder = join(testCache(), named === undefined ? "busybox-1.35.0" : `busybox-${digestOf(named).slice(0, 12)}`);
  mkdirSync(testCache(), { recursive: true });
  if (!existsSync(folder)) {
    const archive = named === undefined ? await fetchRelease() : Buffer.alloc(0);
    if (archive === undefined) return "Debian's archive cannot be reached and KCONFIG_BUSYBOX names no tree";
    whileLocked(`${folder}.lock`, () => existsSync(folder) || prepare(folder, archive, named));
  }
  return { tree: join(folder, "tree"), conf: join(folder, "conf") };
}

const digestOf = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

async function fetchRelease(): Promise<Buffer | undefined> {
  try {
    const response = await fetch(release.url, { signal: AbortSignal.timeout(60_000) });
    const data = Buffer.from(await response.arrayBuffer());
    return digestOf(data) === release.sha256 ? data : undefined;
  } catch {
    return undefined;
  }
}

function prepare(folder: string, archive: Buffer, named: string | undefined): void {
  const work = mkdtempSync(`${folder}.tmp-`);
  const at = (name: string): string => join(work, name);
  const run = (program: string, args: readonly string[], input?: Buffer): void => {
    execFileSync(program, args, { stdio: ["pipe", "ignore", "pipe"], ...(input && { input }) });
  };
  try {
    mkdirSync(at("tree"));
    if (named === undefined) run("tar", ["-xjf", "-", "-C", at("tree"), "--strip-components=1"], archive);
    else cpSync(named, at("tree"), { recursive: true });
    run("sh", [at("tree/scripts/gen_build_files.sh"), at("tree"), at("tree")]);
    const tool = at("tree/scripts/kconfig");
    for (const name of ["zconf.tab.c", "lex.zconf.c", "zconf.hash.c"]) {
      copyFileSync(join(tool, `${name}_shipped`), at(name));
    }
    writeFileSync(at("clock.c"), clock);
    const sources = [join(tool, "conf.c"), at("zconf.tab.c"), at("clock.c")];
    run("gcc", ["-O1", "-w", `-I${tool}`, `-I${work}`, "-Dtime=oracle_time", "-o", at("conf"), ...sources]);
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The text of a file of the tree. */
export const readTree = ({ tree }: BusyboxOracle, name: string): string => readFileSync(join(tree, name), "latin1");
