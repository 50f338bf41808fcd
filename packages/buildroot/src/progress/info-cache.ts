import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { BuildrootError } from "../errors.js";
import { fingerprintTree } from "./fingerprint.js";
import { readText, type Session, writeOwn } from "../session.js";
import { parseInfo, readInfoText } from "../show-info.js";
import type { PackageInfos } from "../types.js";

/**
 * `make show-info`, asked once per configuration: one make of real Buildroot takes seconds to read its makefiles. What is kept in
 * O/ipa-br/show-info.json counts for the same .config, the same Buildroot and the same external trees.
 */
export async function cachedInfo(session: Session, signal: AbortSignal | undefined): Promise<PackageInfos> {
  const path = join(session.layout.own, "show-info.json");
  const key = await keyOf(session);
  const kept = await readText(path);
  if (kept !== undefined) {
    const [first, rest] = [kept.slice(0, kept.indexOf("\n")), kept.slice(kept.indexOf("\n") + 1)];
    if (first === key) return parseInfo(rest);
  }
  const text = await readInfoText(session, signal);
  const info = parseInfo(text);
  await writeOwn(session, path, `${key}\n${text}`).catch(() => undefined);
  return info;
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

async function keyOf(session: Session): Promise<string> {
  const { buildroot, externals } = session.settings;
  const hash = createHash("sha256");
  hash.update(`${session.version}\n${buildroot}\n${(await readText(session.layout.config)) ?? ""}\n`);
  // Of Buildroot itself the makefile and the folder of packages tell; it is a release that nobody edits.
  for (const name of ["Makefile", "package", "package/Makefile.in"]) {
    const found = await stat(join(buildroot, name)).catch(() => undefined);
    hash.update(`${name} ${found?.mtimeMs ?? 0}\n`);
  }
  for (const external of externals) {
    const files = await fingerprintTree(external, (path) => /\.(?:mk|hash|patch)$/.test(path));
    for (const [path, sum] of files) hash.update(`${external} ${path} ${sum}\n`);
  }
  return hash.digest("hex");
}
