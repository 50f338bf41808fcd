import { dirname, relative } from "node:path";
import type { RebuildAction } from "../types.js";
import type { SymbolChange } from "./changes.js";
import type { Effect, RebuildContext } from "./effects.js";
import { manual } from "./manual.js";
import {
  concernsImage,
  effectsByDefinition,
  effectsByName,
  effectsByReader,
  finalized,
  isHooked,
} from "./symbol-rules.js";

/** What another value of a symbol asks for. */
export function symbolEffects(change: SymbolChange, context: RebuildContext): readonly Effect[] {
  const decided = effectsByName(change);
  if (decided !== undefined) return decided;
  const { name } = change;
  const within = (path: string): string => relative(context.buildroot, path);
  const definitions = context.definedIn(name);
  const effects: Effect[] = [];
  if (concernsImage(name)) effects.push(finalized);
  else {
    for (const path of definitions) effects.push(...(effectsByDefinition(within(path)) ?? []));
    if (effects.some(({ level }) => level === "clean")) return effects;
  }
  const defining = new Set(definitions.flatMap((path) => [...packagesAbove(path, context)]));
  for (const one of defining) effects.push(packageEffect(one, change, context, true));
  for (const path of context.readersOf(name)) {
    const readers = packagesAbove(path, context);
    for (const one of readers)
      if (!defining.has(one) && !isHooked(name, one)) effects.push(packageEffect(one, change, context, false));
    // A package's makefile of which nothing is built has no say.
    const core = !within(path).startsWith("..") && !/^(?:package|boot|linux|toolchain)\/.*\//.test(within(path));
    if (readers.length === 0 && core && !concernsImage(name)) effects.push(...effectsByReader(within(path), name));
  }
  return effects;
}

/** The packages of the configuration in whose folder, or below it, a file lies. */
export function packagesAbove(path: string, context: RebuildContext): readonly string[] {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const found = context.packagesIn(folder);
    if (found.length > 0) return found;
    if (folder === context.buildroot) return [];
  }
  return [];
}

/** What of a kconfig package's options says which source is taken; all others end up in its .config. */
const sourceOption = /VERSION|TARBALL|REPO|GIT|SVN|HG_|PATCH|SOURCE|SITE|LATEST/;

function packageEffect(name: string, change: SymbolChange, context: RebuildContext, own: boolean): Effect {
  const found = context.packages.get(name);
  const action = actionFor(change.name, found);
  const what = own ? "It is one of the package's own options" : `${name}'s makefile asks for it`;
  if (action === "dirclean")
    return {
      level: "packages",
      package: name,
      action,
      why: `${what}; Buildroot does not build a package again by itself.`,
      section: manual.full,
    };
  return {
    level: "packages",
    package: name,
    action,
    why: `${what}; configuring it again suffices.`,
    section: found?.kconfig === true ? manual.kconfig : manual.override,
  };
}

function actionFor(
  symbol: string,
  found: { readonly localSource: boolean; readonly kconfig: boolean } | undefined,
): RebuildAction {
  if (found?.kconfig === true) return sourceOption.test(symbol) ? "dirclean" : "reconfigure";
  return found?.localSource === true ? "reconfigure" : "dirclean";
}
