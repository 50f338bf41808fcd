import { mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { BuildrootError } from "../errors.js";
import { findProgram } from "../process/find-program.js";
import { lastWords, runProgram } from "../process/run-program.js";
import type { Environment } from "../types.js";
import { linkCandidates, placeOf, type Placement } from "./place.js";
import { packageOf } from "./recipe.js";

export interface Unpacking {
  /** The package files, by path. */
  readonly files: readonly string[];
  /** The toolchain's folder, empty. */
  readonly folder: string;
  readonly placement: Placement;
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly aborted: () => BuildrootError;
}

interface Link {
  readonly at: string;
  readonly candidates: readonly string[];
}

/** Unpacks packages and puts each file where it belongs in the toolchain. Throws APT_FAILED, ABORTED. */
export async function unpackPackages(unpacking: Unpacking): Promise<void> {
  const { folder, placement } = unpacking;
  const dpkg = await findProgram("dpkg-deb", unpacking.env);
  if (dpkg === undefined) {
    throw new BuildrootError("APT_FAILED", "There is no dpkg-deb on this machine.", {
      hint: "It is part of Debian and Ubuntu: apt-get install dpkg.",
    });
  }
  const raw = join(folder, ".raw");
  const known = new Set<string>();
  const links: Link[] = [];
  for (const file of unpacking.files) {
    const name = packageOf(file.slice(file.lastIndexOf("/") + 1));
    await mkdir(raw, { recursive: true });
    await extract(dpkg, file, raw, unpacking);
    await placeFiles(raw, "", { name, placement, folder, known, links });
    await rm(raw, { recursive: true, force: true });
  }
  await placeLinks(folder, known, links);
}

async function extract(dpkg: string, file: string, into: string, { env, signal, aborted }: Unpacking): Promise<void> {
  const outcome = await runProgram({ file: dpkg, args: ["-x", file, into], env, signal });
  if (outcome.aborted) throw aborted();
  if (outcome.exitCode === 0) return;
  const cause = lastWords(outcome.complaints);
  throw new BuildrootError("APT_FAILED", `${file} cannot be unpacked: ${cause.at(-1) ?? "dpkg-deb failed"}`, {
    hint: "Is the disk full? The same again downloads the package anew.",
    details: { file, cause },
  });
}

interface Placing {
  /** The package. */
  readonly name: string;
  readonly placement: Placement;
  readonly folder: string;
  /** Every file and folder of the toolchain so far. */
  readonly known: Set<string>;
  readonly links: Link[];
}

async function placeFiles(raw: string, below: string, placing: Placing): Promise<void> {
  const { name, placement, folder, known, links } = placing;
  for (const entry of await readdir(join(raw, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      await placeFiles(raw, path, placing);
      continue;
    }
    const place = placeOf(name, path, placement);
    if (place === undefined) continue;
    if (entry.isSymbolicLink()) {
      // Where it leads in the distribution, whose root is "/".
      const target = resolve("/", dirname(path), await readlink(join(raw, path))).slice(1);
      links.push({ at: place, candidates: linkCandidates(name, target, placement) });
    } else if (entry.isFile()) {
      await mkdir(dirname(join(folder, place)), { recursive: true });
      await rename(join(raw, path), join(folder, place));
      for (let known_ = place; known_ !== "."; known_ = dirname(known_)) known.add(known_);
    }
  }
}

/** Makes the links whose target is there, relative; the others lead to libraries that the toolchain does without. */
async function placeLinks(folder: string, files: ReadonlySet<string>, links: readonly Link[]): Promise<void> {
  const known = new Set(files);
  let waiting = links.filter(({ at }) => !known.has(at));
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length;
    const left: Link[] = [];
    for (const link of waiting) {
      const to = link.candidates.find((candidate) => candidate !== link.at && known.has(candidate));
      if (to === undefined || known.has(link.at)) {
        left.push(link);
        continue;
      }
      await mkdir(dirname(join(folder, link.at)), { recursive: true });
      await symlink(relative(dirname(link.at), to), join(folder, link.at));
      known.add(link.at);
    }
    waiting = left;
  }
}
