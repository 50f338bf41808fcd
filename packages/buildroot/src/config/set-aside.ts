import { type Configuration, type KconfigTree, whyNot } from "@ipa-br/kconfig";
import type { SettingMismatch } from "../types.js";
import { evaluate } from "./kconfig.js";
import { type MergedSetting, mergeSettings, type SettingSource, writeSettings } from "./merge.js";
import { plain } from "./notation.js";

export interface SetAsideOptions {
  readonly tree: KconfigTree;
  /** With what make wrote. */
  readonly configuration: Configuration;
  readonly sources: readonly SettingSource[];
  readonly settings: readonly MergedSetting[];
}

/** A setting that a later one made meaningless, by name, with the later one's line and what it did in words. */
export type SetAside = ReadonlyMap<string, string>;

/**
 * The dropped settings that are part of what a later source switched off: an option of a package that a fragment leaves out, of
 * the member of a choice that another one replaced. Whoever asked for the one asked for the other. A setting that a later
 * source costs its place in another way (a dependency on something else) is not among them.
 */
export function findSetAside(mismatches: readonly SettingMismatch[], options: SetAsideOptions): SetAside {
  const { tree, configuration, sources, settings } = options;
  const off = switchedOff(tree, settings);
  const found = new Map<string, string>();
  const dropped = mismatches.filter(({ reason }) => reason === "dropped");
  if (off.size === 0 || dropped.length === 0) return found;
  const heldBefore = memory((source) => evaluate(tree, writeSettings(mergeSettings(sources.slice(0, source + 1)))));
  // What is set aside may have options of its own that are set aside with it.
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const { name, wanted, file, line } of dropped) {
      const own = settings.find((one) => one.name === name && one.file === file && one.line === line);
      if (found.has(name) || own === undefined) continue;
      const missing = whyNot(configuration, name, plain(wanted)).flatMap(({ symbols }) => symbols);
      const cause = missing
        .map((symbol) => off.get(symbol))
        .find((one) => one !== undefined && one.by.source > own.source);
      if (cause === undefined || heldBefore(own.source).value(name) !== plain(wanted)) continue;
      found.set(name, cause.words);
      if (wanted === "y") off.set(name, cause);
    }
  }
  return found;
}

interface Cause {
  readonly by: MergedSetting;
  readonly words: string;
}

/** What requested settings switch off, by name: what they set to n, and the other members of a choice. */
function switchedOff(tree: KconfigTree, settings: readonly MergedSetting[]): Map<string, Cause> {
  const off = new Map<string, Cause>();
  for (const by of settings) {
    const place = `${by.name}=${by.value} at ${by.file}:${by.line}`;
    if (!by.requested) continue;
    if (by.value === "n") off.set(by.name, { by, words: `${place} switches off what it belongs to.` });
    const choice = by.value === "y" ? tree.symbol(by.name)?.choice : undefined;
    for (const { name } of choice?.members ?? [])
      if (name !== by.name) off.set(name, { by, words: `${place} took its place.` });
  }
  return off;
}

/** The function, each result worked out once. */
function memory<T>(compute: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
