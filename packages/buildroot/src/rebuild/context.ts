import { readdir, readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { openKconfig } from "../config/kconfig.js";
import { pathsIn } from "../config/paths.js";
import type { Session } from "../session.js";
import type { PackageInfos } from "../types.js";
import type { Change } from "./changes.js";
import type { RebuildContext, RebuildPackage } from "./effects.js";

/** Stamps that are there before anything is compiled. */
const early = new Set([".stamp_downloaded", ".stamp_actual_downloaded"]);

export async function stampsOf(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder).catch(() => []);
  return new Set(names.filter((name) => name.startsWith(".stamp_") && !early.has(name)));
}

/** True if anything is built in an output folder. */
export async function isAnythingBuilt(build: string): Promise<boolean> {
  for (const entry of await readdir(build, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory() && (await stampsOf(join(build, entry.name))).size > 0) return true;
  return false;
}

/** Reads what the judgement needs: makefiles, Config.in files where symbols have changed, stamps. */
export async function readContext(
  session: Session,
  values: ReadonlyMap<string, string>,
  info: PackageInfos | undefined,
  changes: readonly Change[],
): Promise<RebuildContext> {
  const { buildroot, output } = session.settings;
  const externals = new Map(session.externals.map(({ name, path }) => [name, path]));
  const places = { buildroot, output, externals };
  const folders = new Map<string, string[]>();
  for (const [name, { packageDir, type }] of Object.entries(info ?? {})) {
    if (type === "rootfs" || packageDir === undefined) continue;
    const folder = isAbsolute(packageDir) ? packageDir : join(buildroot, packageDir);
    folders.set(folder, [...(folders.get(folder) ?? []), name]);
  }
  const makefiles = await readMakefiles([
    ...(await coreMakefiles(buildroot)),
    ...(await makefilesIn([...externals.values(), ...folders.keys()])),
  ]);
  const readers = new Map<string, string[]>();
  const kconfigFolders = new Set<string>();
  const named: (readonly [string, string])[] = [];
  for (const [path, text] of makefiles) {
    for (const symbol of new Set(text.match(/\bBR2_\w+/g))) readers.set(symbol, [...(readers.get(symbol) ?? []), path]);
    if (/\(eval \$\((?:host-)?kconfig-package\)\)/.test(text)) kconfigFolders.add(dirname(path));
    if (folders.has(dirname(path)))
      for (const word of text.match(/\$\(BR2_EXTERNAL_\w+_PATH\)\/[^\s)"']+/g) ?? [])
        for (const one of pathsIn(word, places)) named.push([one, path]);
  }
  const packages = new Map<string, RebuildPackage>();
  for (const [folder, names] of folders)
    for (const name of names) {
      const { stampDir, reverseDependencies } = info![name]!;
      const stamps = stampDir === undefined ? new Set<string>() : await stampsOf(join(output, stampDir));
      packages.set(name, {
        users: reverseDependencies,
        built: stamps.size > 0,
        localSource: stamps.has(".stamp_rsynced"),
        kconfig: kconfigFolders.has(folder),
      });
    }
  return {
    ...places,
    values,
    packages,
    definedIn: definitions(session, values, changes),
    readersOf: (symbol) => readers.get(symbol) ?? [],
    makefilesNaming: (path) =>
      named.filter(([one]) => path === one || path.startsWith(`${one}/`)).map(([, makefile]) => makefile),
    packagesIn: (folder) => folders.get(folder) ?? [],
  };
}

/** Kconfig is read only where a symbol asks for it. */
function definitions(
  session: Session,
  values: ReadonlyMap<string, string>,
  changes: readonly Change[],
): (symbol: string) => readonly string[] {
  const { buildroot, output } = session.settings;
  const tree = changes.some(({ kind }) => kind === "symbol" || kind === "file")
    ? openKconfig({ buildroot, output, version: session.version }, values)
    : undefined;
  return (symbol) => {
    const paths = tree?.symbol(symbol)?.menus.map(({ location }) => location.path) ?? [];
    return [...new Set(paths)].map((path) => (isAbsolute(path) ? path : join(buildroot, path)));
  };
}

async function coreMakefiles(buildroot: string): Promise<readonly string[]> {
  const of = async (folder: string): Promise<string[]> => {
    const names = await readdir(join(buildroot, folder)).catch(() => []);
    return names.filter((name) => /\.mk$|^Makefile(?:\.in)?$/.test(name)).map((name) => join(buildroot, folder, name));
  };
  const systems = await readdir(join(buildroot, "fs")).catch(() => []);
  const folders = ["package", "system", "arch", "toolchain", "fs", ...systems.map((name) => `fs/${name}`)];
  return [join(buildroot, "Makefile"), ...(await Promise.all(folders.map(of))).flat()];
}

/** Makefiles directly in the folders. */
async function makefilesIn(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names.filter((name) => name.endsWith(".mk")).map((name) => join(folder, name));
    }),
  );
  return found.flat();
}

async function readMakefiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of new Set(paths)) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    // What is commented out is not read.
    if (text !== undefined) texts.set(path, text.replaceAll(/^\s*#.*$/gm, ""));
  }
  return texts;
}
