import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { ensureFolder } from "../ensure-folder.js";
import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import { lastWords, type ProgramOutcome, runProgram } from "../process/run-program.js";
import type { Environment } from "../types.js";
import { aptConfiguration, aptFolders } from "./configuration.js";
import { type AptEntry, printEntries } from "./source-entries.js";

export interface OpenAptOptions {
  /** Its own folder, made if missing; lists are kept in it. */
  readonly folder: string;
  readonly entries: readonly AptEntry[];
  /** Debian's name of the processor: "amd64". */
  readonly architecture: string;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
}

/** A package file as the archive's index describes it. */
export interface ArchiveFile {
  readonly url: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As apt writes it: "SHA256:...". */
  readonly hash: string;
}

/** An apt with lists of its own over the machine's mirrors; nothing of the machine's apt is changed. */
export interface PrivateApt {
  /** Brings the lists up to date; false if they are younger than `maxAgeMs` or no mirror answers while older ones are there. */
  update(maxAgeMs: number): Promise<boolean>;
  /** The newest file of each package. */
  resolve(packages: readonly string[]): Promise<readonly ArchiveFile[]>;
  /** Downloads files and checks their hashes, each to its path. */
  download(files: readonly { readonly url: string; readonly path: string; readonly hash: string }[]): Promise<void>;
  /** The text of the lists whose names match, piece by piece. */
  read(list: RegExp, onText: (text: string, list: string) => void): Promise<void>;
}

const helperPaths = ["/usr/lib/apt/apt-helper", "/usr/libexec/apt/apt-helper"];

/** Throws APT_FAILED where there is no apt. */
export async function openApt(options: OpenAptOptions): Promise<PrivateApt> {
  const { env, signal } = options;
  const apt = await needed("apt-get", env);
  const helper = await firstProgram(helperPaths, env);
  if (helper === undefined) throw missing("apt-helper");
  const folders = aptFolders(options.folder);
  for (const folder of [join(folders.lists, "partial"), join(folders.archives, "partial")]) await ensureFolder(folder);
  await writeFileAtomic(folders.configuration, aptConfiguration(folders, options.architecture));
  await writeFileAtomic(folders.status, "");
  const sources = printEntries(options.entries);
  const changed = (await readFile(folders.sources, "utf8").catch(() => "")) !== sources;
  if (changed) await writeFileAtomic(folders.sources, sources);
  const stamp = join(folders.root, "updated");

  const run = (file: string, args: readonly string[], onOutput?: (text: string) => void): Promise<ProgramOutcome> =>
    runProgram({
      file,
      args: ["-c", folders.configuration, ...args],
      env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
      signal,
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  const lists = async (): Promise<string[]> =>
    (await readdir(folders.lists)).filter((name) => /_(?:Packages|Sources)(?:\.\w+)?$/.test(name));

  return {
    async update(maxAgeMs) {
      const { mtimeMs } = await stat(stamp).catch(() => ({ mtimeMs: 0 }));
      const told = await readFile(stamp, "utf8").catch(() => "");
      const current = told === sources && (await lists()).length > 0;
      if (current && Date.now() - mtimeMs < maxAgeMs) return false;
      const outcome = await run(apt, ["-q", "update"]);
      if (outcome.aborted) throw aptAborted(signal);
      if (outcome.exitCode !== 0) {
        // Yesterday's lists of the same mirrors still name files that are there.
        if (current || (await lists()).length > 0) return false;
        throw failed("apt-get update", outcome);
      }
      await writeFileAtomic(stamp, sources);
      return true;
    },
    async resolve(packages) {
      const outcome = await run(apt, ["-q", "download", "--print-uris", ...packages]);
      if (outcome.aborted) throw aptAborted(signal);
      if (outcome.exitCode !== 0) throw failed("apt-get download --print-uris", outcome);
      return parseUris(outcome.output);
    },
    async download(files) {
      const args = files.flatMap(({ url, path, hash }) => [url, path, hash]);
      const outcome = await run(helper, ["download-file", ...args]);
      if (outcome.aborted) throw aptAborted(signal);
      if (outcome.exitCode !== 0) throw failed("apt-helper download-file", outcome);
    },
    async read(list, onText) {
      for (const name of (await lists()).filter((name) => list.test(name)).sort()) {
        const outcome = await run(helper, ["cat-file", join(folders.lists, name)], (text) => onText(text, name));
        if (outcome.aborted) throw aptAborted(signal);
        if (outcome.exitCode !== 0) throw failed("apt-helper cat-file", outcome);
      }
    },
  };
}

/** Reads `--print-uris`: `'URL' name size hash`, one a line. */
export function parseUris(text: string): ArchiveFile[] {
  return [...text.matchAll(/^'([^']+)' (\S+) (\d+) (\S+:[0-9a-f]+)/gim)].map(([, url, name, size, hash]) => ({
    url: url!,
    name: decodeURIComponent(name!),
    size: Number(size),
    hash: hash!,
  }));
}

async function needed(name: string, env: Environment): Promise<string> {
  const file = await findProgram(name, env);
  if (file === undefined) throw missing(name);
  return file;
}

async function firstProgram(paths: readonly string[], env: Environment): Promise<string | undefined> {
  for (const path of paths) {
    const found = await findProgram(path, env);
    if (found !== undefined) return found;
  }
  return undefined;
}

function missing(name: string): BuildrootError {
  return new BuildrootError("APT_FAILED", `There is no ${name} on this machine.`, {
    hint: "apt is part of Debian and Ubuntu; on another distribution leave Debian's archive out.",
    details: { program: name },
  });
}

function failed(what: string, outcome: ProgramOutcome): BuildrootError {
  const cause = lastWords(outcome.complaints);
  const why = cause.find((line) => line.includes("Failed to fetch")) ?? cause.at(-1) ?? `status ${outcome.exitCode}`;
  return new BuildrootError("APT_FAILED", `${what} failed: ${why}`, {
    hint: "It uses the mirrors of /etc/apt; check that they answer: apt-get update.",
    details: { exitCode: outcome.exitCode, cause },
  });
}

function aptAborted(signal: AbortSignal | undefined): BuildrootError {
  return new BuildrootError("ABORTED", "Asking the package archive was ended on request.", {
    hint: "Nothing half-done is used; the same again starts over where it has to.",
    cause: signal?.reason,
  });
}
