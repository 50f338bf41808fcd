import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readValues } from "../config/notation.js";
import { BuildrootError } from "../errors.js";
import { outputLayout } from "../layout.js";
import { prepareSources } from "../sources/collect.js";
import { digestOf, strongHash } from "../sources/hash.js";
import { sourceDateEpoch } from "../source-date.js";
import type { Buildroot, Environment } from "../types.js";
import { readInputs } from "../inputs.js";
import { localToolchain, lockedConfiguration, type Places } from "./configuration.js";
import { commitOf, contentHash, type TreeOptions } from "./content-hash.js";
import type { BuildLock, LockedFile, LockedToolchain, LockedTree } from "./types.js";

export interface CreateLockOptions {
  /** An opened tree with a configuration. */
  readonly tree: Pick<Buildroot, "buildroot" | "output" | "version" | "externals" | "environment" | "showInfo">;
  /** For git, which is asked for commits. */
  readonly env: Environment;
  readonly signal?: AbortSignal;
}

/**
 * Says what a configured output folder will be built of: trees by commit and content, defconfig, fragments and minimal configuration, the
 * toolchain, every source by hash. Throws NOT_CONFIGURED, LOCK_STALE if a fragment or the defconfig has changed since it was configured,
 * MAKE_FAILED, INFO_INVALID.
 */
export async function createLock({ tree, env, signal }: CreateLockOptions): Promise<BuildLock> {
  const options: TreeOptions = { env, signal };
  const { plan } = await prepareSources({
    tree,
    env,
    cacheDir: tree.output,
    debian: false,
    pypi: false,
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await readFile(outputLayout(tree.output).config, "utf8");
  const values = readValues(text);
  const toolchain = localToolchain(values);
  const places: Places = [
    [tree.output, "$(O)"],
    [tree.buildroot, "$(TOPDIR)"],
    [plan.dlDir, "$(BR2_DL_DIR)"],
    ...tree.externals.map(({ name, path }) => [path, `$(BR2_EXTERNAL_${name}_PATH)`] as const),
    ...(toolchain === undefined ? [] : [[toolchain, "$(TOOLCHAIN)"] as const]),
  ];
  const { defconfig, fragments } = await lockedInputs(tree.output);
  return {
    version: 1,
    buildroot: { version: tree.version, ...(await lockedTree(tree.buildroot, options)) },
    externals: await Promise.all(
      tree.externals.map(async ({ name, path }) => ({ name, ...(await lockedTree(path, options)) })),
    ),
    ...(defconfig === undefined ? {} : { defconfig }),
    fragments,
    configuration: lockedConfiguration(text, tree, places),
    toolchain: await lockedToolchain(values, toolchain, options),
    sources: plan.files.map(({ folder, name, hashes }) => {
      const hash = strongHash(hashes);
      return { name: `${folder}/${name}`, hash: hash === undefined ? "none" : `${hash.algorithm}:${hash.value}` };
    }),
    ...(values.get("BR2_REPRODUCIBLE") === "y"
      ? { reproducible: { output: tree.output, sourceDateEpoch: await sourceDateEpoch(tree.buildroot, env) } }
      : {}),
  };
}

/** A lock as the file's text. */
export function formatLock(lock: BuildLock): string {
  return `${JSON.stringify(lock, undefined, 2)}\n`;
}

async function lockedTree(path: string, options: TreeOptions): Promise<LockedTree> {
  const commit = await commitOf(path, options);
  return { ...(commit === undefined ? {} : { commit }), content: await contentHash(path, options) };
}

async function lockedInputs(
  output: string,
): Promise<{ readonly defconfig: LockedFile | undefined; readonly fragments: LockedFile[] }> {
  const inputs = await readInputs(output);
  for (const { path, sha256 } of [...(inputs.defconfig === undefined ? [] : [inputs.defconfig]), ...inputs.fragments]) {
    const now = await digestOf(path, "sha256").catch(() => undefined);
    if (now === sha256) continue;
    throw new BuildrootError(
      "LOCK_STALE",
      `${path} ${now === undefined ? "is gone" : "has changed"} since ${output} was configured with it.`,
      { hint: "Configure again, then go on.", details: { path } },
    );
  }
  const locked = ({ path, sha256 }: { readonly path: string; readonly sha256: string }): LockedFile => ({
    name: basename(path),
    sha256,
  });
  return {
    defconfig: inputs.defconfig === undefined ? undefined : locked(inputs.defconfig),
    fragments: inputs.fragments.map(locked),
  };
}

async function lockedToolchain(
  values: ReadonlyMap<string, string>,
  folder: string | undefined,
  options: TreeOptions,
): Promise<LockedToolchain> {
  if (values.get("BR2_TOOLCHAIN_EXTERNAL") !== "y") return { kind: "buildroot" };
  if (folder === undefined) return { kind: "download" };
  // A toolchain that this package has laid out is known by its packages; its wrappers hold paths.
  const manifest = await readFile(join(folder, "ipa-br.json"), "utf8").catch(() => undefined);
  const hash = manifest === undefined ? undefined : (JSON.parse(manifest) as { readonly hash?: string }).hash;
  return { kind: "local", content: hash ?? (await contentHash(folder, options)) };
}
