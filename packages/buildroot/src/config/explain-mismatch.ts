import { type Configuration, explain, findAssignments, type KconfigTree, nearestNames, whyNot } from "@ipa-br/kconfig";
import type { SettingMismatch, SettingSuggestion } from "../types.js";
import { evaluate } from "./kconfig.js";
import type { MergedSetting, SettingSource } from "./merge.js";
import { plain } from "./notation.js";
import { findSetAside } from "./set-aside.js";

export interface ExplainOptions {
  readonly tree: KconfigTree;
  /** The .config that make wrote. */
  readonly result: string;
  readonly sources: readonly SettingSource[];
  readonly settings: readonly MergedSetting[];
  readonly signal?: AbortSignal | undefined;
}

/** For so many a way out is searched: each search tries whole configurations. */
const searched = 12;

/**
 * Says of each setting that did not hold why, in sentences, and what to set besides. What Kconfig works out is checked against
 * what make wrote: where they differ on a symbol, nothing is said of it.
 */
export function explainMismatches(
  mismatches: readonly SettingMismatch[],
  { tree, result, sources, settings, signal }: ExplainOptions,
): SettingMismatch[] {
  const configuration = evaluate(tree, result);
  const setAside = findSetAside(mismatches, { tree, configuration, sources, settings });
  return mismatches.map((mismatch, index) => {
    const { name, wanted, got, reason } = mismatch;
    if (reason === "unknown") return { ...mismatch, why: unknownName(tree, name) };
    const value = configuration.value(name);
    if (got === undefined ? value !== "n" && value !== "" : value !== plain(got)) return mismatch;
    const replacement = setAside.get(name);
    if (replacement !== undefined) return { ...mismatch, reason: "replaced", why: [replacement] };
    const symbol = tree.symbol(name);
    if (symbol?.type === "string" && !wanted.startsWith('"'))
      return { ...mismatch, why: ["Text stands in double quotes in such a file."] };
    const why = whyNot(configuration, name, plain(wanted)).map(({ message }) => message);
    const suggestion = index < searched ? wayOut(configuration, name, plain(wanted), signal) : undefined;
    return { ...mismatch, why, suggestion };
  });
}

/**
 * Settings that hold and that Buildroot refuses to build with: symbols of former releases (Config.in.legacy). Buildroot itself
 * says so only when make starts.
 */
export function findLegacy(
  tree: KconfigTree,
  result: string,
  settings: readonly MergedSetting[],
): readonly SettingMismatch[] {
  if (tree.symbol("BR2_LEGACY")?.isDefined !== true) return [];
  const configuration = evaluate(tree, result);
  if (configuration.value("BR2_LEGACY") !== "y") return [];
  const guilty = new Set(explain(configuration, "BR2_LEGACY").because.flatMap((text) => text.match(/\w+/g) ?? []));
  return settings
    .filter(({ name, requested }) => requested && (guilty.has(name) || guilty.has(`${name}_WRAP`)))
    .map(({ name, value, file, line }) => {
      const prompt = tree.symbol(name)?.prompt;
      const why = [`Buildroot has it no longer${prompt === undefined ? "" : `: ${prompt}`}.`];
      return { name, wanted: value, got: value, reason: "legacy", file, line, why, suggestion: undefined };
    });
}

function unknownName(tree: KconfigTree, name: string): string[] {
  const names = tree.symbols.map((symbol) => symbol.name).filter((one) => one !== "");
  const near = nearestNames(name, names);
  return near.length === 0 ? [] : [`Did you mean ${near.join(", ")}?`];
}

/** What to set so that it holds, tried on a copy of the configuration; undefined if a bounded search found nothing. */
function wayOut(
  configuration: Configuration,
  name: string,
  value: string,
  signal: AbortSignal | undefined,
): readonly SettingSuggestion[] | undefined {
  const [best] = findAssignments(configuration, name, value, signal === undefined ? {} : { signal });
  const others = best?.assignments.filter((one) => one.name !== name) ?? [];
  return others.length === 0 ? undefined : others;
}
