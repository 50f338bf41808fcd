import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "../process/find-program.js";
import type { Target } from "./target.js";
import type { ToolchainFacts, ToolchainPackage } from "./types.js";

/** What a finished toolchain says of itself. */
export interface Manifest {
  readonly hash: string;
  readonly facts: ToolchainFacts;
  readonly packages: readonly ToolchainPackage[];
}

const fileName = "ipa-br.json";

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, fileName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a toolchain that is whole: its hash is the one that is asked for, its compiler and linker can be run. */
export async function readManifest(folder: string, target: Target, hash: string): Promise<Manifest | undefined> {
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(await readFile(join(folder, fileName), "utf8")) as Partial<Manifest>;
  } catch {
    return undefined;
  }
  const { facts, packages } = manifest;
  if (manifest.hash !== hash || facts === undefined || packages === undefined) return undefined;
  const binutils = target.cross ? ["binutils/bin/@-ld", "binutils/bin/@-as"] : [];
  for (const name of ["bin/@-gcc", "bin/@-ld", "bin/@-as", "compiler/@-gcc", ...binutils]) {
    if ((await findProgram(join(folder, name.replace("@", target.triple)), {})) === undefined) return undefined;
  }
  return { hash, facts, packages };
}
