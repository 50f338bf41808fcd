import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathsIn } from "../config/paths.js";
import { BuildrootError } from "../errors.js";
import { fingerprintTree } from "./fingerprint.js";
import { readText, type Session, writeOwn } from "../session.js";
import { showInfo } from "../show-info.js";
import type { PackageInfos } from "../types.js";

/**
 * `make show-info`, asked once per configuration: one make of real Buildroot takes seconds to read its makefiles. What is kept in
 * O/ipa-br/show-info.json counts for the same .config, Buildroot, external trees and overrides.
 */
export async function cachedInfo(session: Session, signal: AbortSignal | undefined): Promise<PackageInfos> {
  const path = join(session.layout.own, "show-info.json");
  const key = await keyOf(session);
  const kept = await readText(path);
  const known = kept?.startsWith(`${key}\n`) === true ? parsed(kept.slice(key.length)) : undefined;
  if (known !== undefined) return known;
  const info = await showInfo(session, signal);
  await writeOwn(session, path, `${key}\n${JSON.stringify(info)}\n`).catch(() => undefined);
  return info;
}

function parsed(text: string): PackageInfos | undefined {
  try {
    return JSON.parse(text) as PackageInfos;
  } catch {
    return undefined;
  }
}

/** The packages of the configuration; undefined where the tree cannot tell them, which is no reason not to build. */
export async function infoIfPossible(
  session: Session,
  signal: AbortSignal | undefined,
): Promise<PackageInfos | undefined> {
  try {
    return await cachedInfo(session, signal);
  } catch (error) {
    if (BuildrootError.is(error) && (error.code === "MAKE_FAILED" || error.code === "INFO_INVALID")) return undefined;
    throw error;
  }
}

/** Counts up with what is kept. */
const form = 2;

async function keyOf(session: Session): Promise<string> {
  const { buildroot, output, externals } = session.settings;
  const hash = createHash("sha256");
  const config = (await readText(session.layout.config)) ?? "";
  hash.update(`${form}\n${session.version}\n${buildroot}\n${config}\n`);
  // Of Buildroot itself the makefile and the folder of packages tell; it is a release that nobody edits.
  for (const name of ["Makefile", "package", "package/Makefile.in"]) {
    const found = await stat(join(buildroot, name)).catch(() => undefined);
    hash.update(`${name} ${found?.mtimeMs ?? 0}\n`);
  }
  for (const external of externals) {
    const files = await fingerprintTree(external, (path) => /\.(?:mk|hash|patch)$/.test(path));
    for (const [path, sum] of files) hash.update(`${external} ${path} ${sum}\n`);
  }
  // It says whose source is a folder, and may say anything else.
  const overrides = /^BR2_PACKAGE_OVERRIDE_FILE=(".*")$/m.exec(config)?.[1] ?? "";
  const places = { buildroot, output, externals: new Map(session.externals.map(({ name, path }) => [name, path])) };
  for (const path of pathsIn(overrides, places))
    hash.update(`${path} ${await readFile(path, "utf8").catch(() => "none")}\n`);
  return hash.digest("hex");
}
