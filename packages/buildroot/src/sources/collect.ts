import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readValues, stringValue } from "../config/notation.js";
import { BuildrootError } from "../errors.js";
import type { Buildroot, Environment } from "../types.js";
import { openSourceArchive, type SourceArchive } from "./debian-archive.js";
import { isKnownByNameOnly } from "./hash.js";
import { type HashTable, readHashFiles } from "./hash-files.js";
import { mirrorFolder } from "./mirrors.js";
import { planSources } from "./plan.js";
import { pythonIndex } from "./pypi.js";
import type { SourcePlan } from "./source-types.js";

export interface PrepareSourcesOptions {
  /** An opened tree with a configuration. */
  readonly tree: Pick<Buildroot, "buildroot" | "output" | "environment" | "showInfo">;
  /** The environment for apt and for pip's settings. */
  readonly env: Environment;
  /** Keeps the lists of Debian's source archive. */
  readonly cacheDir: string;
  /** Folders that hold files as a download folder does, or flat; or tarballs of such folders. */
  readonly mirrors?: readonly string[];
  /** Look in Debian's source archive: true asks for it (APT_FAILED where there is none), default where the machine has one. */
  readonly debian?: boolean;
  /** Look in the index of Python packages. Default true. */
  readonly pypi?: boolean;
  readonly signal?: AbortSignal;
}

export interface PreparedSources {
  readonly plan: SourcePlan;
  /** For `fetchSources`; undefined where the machine has none. */
  readonly archive: SourceArchive | undefined;
  /** Why Debian's source archive is left out; undefined if it is not, or was not wanted. */
  readonly archiveMissing: string | undefined;
}

/**
 * Plans the sources of a configured tree: asks Buildroot for its packages, reads their .hash files, and looks the hashes up
 * in Debian's source archive. Throws NOT_CONFIGURED, MAKE_FAILED, INFO_INVALID, APT_FAILED, ABORTED.
 */
export async function prepareSources(options: PrepareSourcesOptions): Promise<PreparedSources> {
  const { tree, env, signal, mirrors = [] } = options;
  const info = await tree.showInfo(signal === undefined ? {} : { signal });
  const hashes = await readHashFiles(info, tree.buildroot);
  const values = readValues(await readFile(join(tree.output, ".config"), "utf8"));
  const primaryOnly = values.get("BR2_PRIMARY_SITE_ONLY") === "y";
  const common = {
    info,
    hashes,
    dlDir: downloadFolder(tree, values),
    mirrors: await Promise.all(mirrors.map((path) => mirrorFolder(path, { cacheDir: options.cacheDir, env, signal }))),
    sites: { primary: stringValue(values, "BR2_PRIMARY_SITE"), backup: stringValue(values, "BR2_BACKUP_SITE") },
    primaryOnly,
  };
  const { archive, why } = primaryOnly ? { archive: undefined, why: undefined } : await openArchive(options);
  const withoutSum = planSources(common).files.filter((file) => isKnownByNameOnly(file.hashes));
  const debian = await archive?.find(
    wantedSums(hashes),
    withoutSum.map(({ name }) => name),
  );
  const pypi = options.pypi === false ? undefined : await pythonIndex(env);
  return {
    plan: planSources({
      ...common,
      ...(debian === undefined ? {} : { debian }),
      ...(pypi === undefined ? {} : { pypi }),
    }),
    archive,
    archiveMissing: why,
  };
}

async function openArchive({
  debian,
  cacheDir,
  env,
  signal,
}: PrepareSourcesOptions): Promise<{ readonly archive: SourceArchive | undefined; readonly why: string | undefined }> {
  if (debian === false) return { archive: undefined, why: undefined };
  try {
    const archive = await openSourceArchive({ cacheDir, env, ...(signal === undefined ? {} : { signal }) });
    return { archive, why: undefined };
  } catch (error) {
    if (debian === true || !BuildrootError.is(error) || error.code !== "APT_FAILED") throw error;
    return { archive: undefined, why: error.message };
  }
}

function wantedSums(table: HashTable): string[] {
  const lines = [...table.values()].flat();
  return lines.filter(({ algorithm }) => algorithm === "sha256").map(({ value }) => value);
}

/** BR2_DL_DIR as make would see it: the environment, else .config, where it starts from the Buildroot tree. */
function downloadFolder(
  tree: Pick<Buildroot, "buildroot" | "environment">,
  values: ReadonlyMap<string, string>,
): string {
  const named = tree.environment()["BR2_DL_DIR"];
  if (named !== undefined) return named;
  const text = stringValue(values, "BR2_DL_DIR") ?? "$(TOPDIR)/dl";
  return text.replace("$(TOPDIR)", tree.buildroot);
}
