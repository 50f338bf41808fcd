import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@ipa-br/kconfig/node";
import { localDebianHost } from "../apt/host.js";
import type { ArchiveFile } from "../apt/private-apt.js";
import { entriesOfRelease } from "../apt/source-entries.js";
import { ensureFolder } from "../ensure-folder.js";
import { prepareCache } from "../cache-folder.js";
import { BuildrootError } from "../errors.js";
import { localHost } from "../host.js";
import { waitForLock } from "../lock.js";
import type { BuildrootEvent } from "../types.js";
import { openArchive, type ToolchainArchive } from "./archive.js";
import { openCompiler } from "./compile.js";
import { readFacts } from "./facts.js";
import { finishLayout } from "./finish.js";
import { toolchainFragment } from "./fragment.js";
import { type Manifest, readManifest, writeManifest } from "./manifest.js";
import { type Recipe, recipeFor } from "./recipe.js";
import type { Target } from "./target.js";
import type { DebianToolchain, LayOutToolchainOptions } from "./types.js";
import { unpackPackages } from "./unpack.js";
import { verifyToolchain } from "./verify.js";

/** Raised whenever the same packages are laid out differently. */
const layoutVersion = 1;
const day = 24 * 60 * 60 * 1000;

/**
 * Lays out the host distribution's compiler as an external toolchain that passes Buildroot's checks, unless the cache has it.
 * The packages come from the machine's own mirrors through an apt of its own; the machine's apt and packages stay as they
 * are. It is put together beside its final place, proved, and renamed at the very end. A second process waits for the first.
 * Debian 12 and 13, Ubuntu 22.04 and 24.04 on x86-64; for aarch64 with the distribution's cross compiler, Debian only. Throws TOOLCHAIN_UNSUPPORTED, TOOLCHAIN_UNUSABLE, APT_FAILED, ABORTED.
 */
export async function layOutDebianToolchain(options: LayOutToolchainOptions): Promise<DebianToolchain> {
  const { env, signal } = options;
  const host = options.host ?? { ...(await localDebianHost()), ...localHost() };
  const recipe = recipeFor(host, options.architecture);
  const aborted = (): BuildrootError =>
    new BuildrootError("ABORTED", "Laying out the toolchain was ended on request.", {
      hint: "Nothing half-done is used; the same again starts over.",
      cause: signal?.reason,
    });
  if (signal?.aborted === true) throw aborted();
  const cacheDir = await prepareCache(options.cacheDir, "TOOLCHAIN_UNUSABLE");
  const what = `the ${recipe.target.architecture} compiler of ${recipe.title}`;
  const tell = (phase: Extract<BuildrootEvent, { type: "fetch" }>["phase"], total?: number): void =>
    options.onEvent?.({ type: "fetch", phase, what, received: undefined, total });

  const entries = entriesOfRelease(host.aptEntries, recipe.codename);
  if (entries.length === 0) {
    throw new BuildrootError(
      "APT_FAILED",
      `The machine's apt has no source for ${recipe.title} (${recipe.codename} main).`,
      {
        hint: "Add one to /etc/apt/sources.list.d, see sources.list(5).",
        details: { codename: recipe.codename },
      },
    );
  }
  const lock = await waitForLock({
    path: join(cacheDir, `${recipe.name}.lock`),
    what: `the toolchain cache ${cacheDir}`,
    command: "toolchain",
    host,
    signal,
    aborted,
    onWait: () => tell("wait"),
  });
  try {
    const archive = await openArchive({ recipe, entries, cacheDir, env, signal });
    const fresh = await archive.update(options.listsMaxAgeMs ?? day);
    const work: Work = { recipe, cacheDir, archive, env, signal, aborted, tell };
    try {
      return await provide(work, await archive.resolve());
    } catch (error) {
      // A package that was superseded since the lists were read is gone from the archive.
      if (fresh || !BuildrootError.is(error) || error.code !== "APT_FAILED") throw error;
      if (!(await archive.update(0))) throw error;
      return await provide(work, await archive.resolve());
    }
  } finally {
    await lock.release();
  }
}

interface Work extends Pick<LayOutToolchainOptions, "env"> {
  readonly recipe: Recipe;
  readonly cacheDir: string;
  readonly archive: ToolchainArchive;
  readonly signal: AbortSignal | undefined;
  readonly aborted: () => BuildrootError;
  readonly tell: (phase: "start" | "download" | "unpack" | "verify" | "done", total?: number) => void;
}

async function provide(work: Work, files: readonly ArchiveFile[]): Promise<DebianToolchain> {
  const { recipe, cacheDir } = work;
  const { target } = recipe;
  const packages = files.map(({ name, hash }) => ({ file: name, hash })).sort((a, b) => (a.file < b.file ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify({ layoutVersion, packages })).digest("hex");
  const path = join(cacheDir, `${recipe.name}-gcc${recipe.gcc}-${hash.slice(0, 12)}`);
  const kept = await readManifest(path, target, hash);
  if (kept !== undefined) return await result(path, target, kept, true);
  work.tell("start");
  const partial = `${path}.partial`;
  const debs = join(cacheDir, `debs-${recipe.name}`);
  await rm(partial, { recursive: true, force: true });
  // Something that is there and is no toolchain of ours (a binutils link that broke, a file that was removed).
  await rm(path, { recursive: true, force: true });
  try {
    await mkdir(partial, { recursive: true });
    await ensureFolder(debs);
    work.tell(
      "download",
      files.reduce((sum, { size }) => sum + size, 0),
    );
    await work.archive.download(files, debs);
    work.tell("unpack");
    const { env, signal, aborted } = work;
    const paths = packages.map(({ file }) => join(debs, file));
    await unpackPackages({ files: paths, folder: partial, placement: recipe, env, signal, aborted });
    await finishLayout(partial, target, env);
    work.tell("verify");
    const compiler = await openCompiler(partial, target.triple, join(partial, ".test"), env, signal, aborted);
    await verifyToolchain(partial, compiler);
    const manifest: Manifest = { hash, facts: await readFacts(partial, compiler), packages };
    await compiler.close();
    await writeManifest(partial, manifest);
    await rename(partial, path);
    await rm(debs, { recursive: true, force: true });
    work.tell("done");
    return await result(path, target, manifest, false);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function result(
  path: string,
  target: Target,
  { hash, facts, packages }: Manifest,
  reused: boolean,
): Promise<DebianToolchain> {
  const fragment = toolchainFragment(path, target, facts);
  const fragmentPath = join(path, "ipa-br.fragment");
  if ((await readFile(fragmentPath, "utf8").catch(() => "")) !== fragment)
    await writeFileAtomic(fragmentPath, fragment);
  return { path, fragment, fragmentPath, hash, reused, facts, packages };
}
