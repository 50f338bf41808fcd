import { basename, relative } from "node:path";
import { pathsIn } from "../config/paths.js";
import type { FileChange } from "./changes.js";
import type { Effect, RebuildContext } from "./effects.js";
import { manual } from "./manual.js";
import { packagesAbove, symbolEffects } from "./symbol-effects.js";

/** Files that are asked for before anything is built, or told only: what they change shows in the configuration. */
const passive = /(?:^|\/)(?:Config[^/]*\.in|[^/]+\.hash|[^/]+\.in|external\.desc|README[^/]*|[^/]+\.(?:md|adoc|rst))$/;

/** What another content of a file asks for. */
export function fileEffects(change: FileChange, context: RebuildContext): readonly Effect[] {
  const { path } = change;
  const tree = [...context.externals.values()].find((root) => path.startsWith(`${root}/`));
  const within = tree === undefined ? path : relative(tree, path);
  if (passive.test(within) || within.startsWith("configs/")) return [];
  const patched = patchEffects(path, context);
  if (patched !== undefined) return patched;
  const named = namedEffects(change, context);
  const copied = sourceEffects(change, context);
  const owners = packagesAbove(path, context);
  const owned = named.length > 0 ? [] : owners.flatMap((name) => packageFile(name, path));
  const all = [...named, ...copied, ...owned];
  if (all.length > 0 || owners.length > 0) return all;
  if (/(?:^|\/)package\/[^/]+\//.test(within)) return [];
  if (within.endsWith(".mk"))
    return [
      {
        level: "clean",
        canWait: false,
        why: `${basename(path)} is read by make for every package.`,
        section: manual.full,
      },
    ];
  return [image];
}

const image: Effect = {
  level: "image",
  why: "No package reads it; scripts and overlays are looked at by every make.",
  section: manual.full,
};

/** A file in BR2_GLOBAL_PATCH_DIR, in a folder named after its package; undefined for any other file. */
function patchEffects(path: string, context: RebuildContext): readonly Effect[] | undefined {
  for (const folder of pathsIn(context.values.get("BR2_GLOBAL_PATCH_DIR") ?? "", context)) {
    if (!path.startsWith(`${folder}/`)) continue;
    const name = relative(folder, path).split("/")[0]!;
    if (!path.endsWith(".patch")) return [];
    return [name, `host-${name}`].filter((one) => context.packages.has(one)).map((one) => patch(one));
  }
  return undefined;
}

function patch(name: string): Effect {
  return {
    level: "packages",
    package: name,
    action: "dirclean",
    why: "Patches are applied to sources that have just been unpacked.",
    section: manual.patches,
  };
}

function packageFile(name: string, path: string): readonly Effect[] {
  if (path.endsWith(".patch")) return [patch(name)];
  const why = path.endsWith(".mk")
    ? "The makefile says how it is built."
    : "Its makefile may use every file beside it.";
  return [{ level: "packages", package: name, action: "dirclean", why, section: manual.package }];
}

/** Effects of a file that the configuration names, or that lies in a folder that it names: those of the symbol. */
function namedEffects({ path, fate }: FileChange, context: RebuildContext): readonly Effect[] {
  const effects: Effect[] = [];
  for (const [name, value] of context.values) {
    if (!value.startsWith('"') || !value.includes("/") || /_DIR$|_MIRROR$|_SITE$|^BR2_EXTERNAL/.test(name)) continue;
    const paths = pathsIn(value, context);
    if (!paths.some((one) => one === path || path.startsWith(`${one}/`))) continue;
    if (name === "BR2_PACKAGE_OVERRIDE_FILE") continue;
    if (name === "BR2_ROOTFS_OVERLAY" && fate === "removed")
      effects.push({
        level: "clean",
        canWait: true,
        why: "What an overlay has brought stays in the target folder.",
        section: manual.full,
      });
    else effects.push(...symbolEffects({ kind: "symbol", name, before: value, after: value }, context));
  }
  return effects;
}

/** Effects of a file in a folder that a package's makefile names: the package's source (SITE_METHOD = local). */
function sourceEffects({ path, fate }: FileChange, context: RebuildContext): readonly Effect[] {
  const names = context.makefilesNaming(path).flatMap((makefile) => packagesAbove(makefile, context));
  return [...new Set(names)].map((name): Effect => {
    const local = context.packages.get(name)?.localSource === true && fate !== "removed";
    return {
      level: "packages",
      package: name,
      action: local ? "rebuild" : "dirclean",
      why: local
        ? "It is part of the package's source, which is copied again."
        : "The package's makefile names its place.",
      section: local ? manual.override : manual.package,
    };
  });
}
