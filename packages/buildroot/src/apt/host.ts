import { readFile, readdir } from "node:fs/promises";
import { machine } from "node:os";
import { join } from "node:path";
import { type AptEntry, parseListFile, parseSourcesFile } from "./source-entries.js";

/** What is asked of a Debian-like machine; a test hands in its own. */
export interface DebianHost {
  /** The text of /etc/os-release; empty where there is none. */
  readonly osRelease: string;
  /** As `uname -m` says it: "x86_64". */
  readonly machine: string;
  /** The machine's configured package sources: its mirrors, a company's inner ones included. */
  readonly aptEntries: readonly AptEntry[];
}

/** This machine. */
export async function localDebianHost(): Promise<DebianHost> {
  return {
    osRelease: await textOf("/etc/os-release"),
    machine: machine(),
    aptEntries: await readAptEntries("/etc/apt"),
  };
}

/** The entries of sources.list and of sources.list.d in an apt configuration folder. */
export async function readAptEntries(folder: string): Promise<AptEntry[]> {
  const entries = parseListFile(await textOf(join(folder, "sources.list")));
  const parts = join(folder, "sources.list.d");
  const names = await readdir(parts).catch(() => []);
  for (const name of names.sort()) {
    if (name.endsWith(".list")) entries.push(...parseListFile(await textOf(join(parts, name))));
    if (name.endsWith(".sources")) entries.push(...parseSourcesFile(await textOf(join(parts, name))));
  }
  return entries;
}

async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
