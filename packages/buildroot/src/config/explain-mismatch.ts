import { type Configuration, explain, findAssignments, type KconfigTree, nearestNames, whyNot } from "@ipa-br/kconfig";
import type { SettingMismatch, SettingSuggestion } from "../types.js";
import { evaluate } from "./kconfig.js";
import { type MergedSetting, writeSettings } from "./merge.js";
import { unquote } from "./notation.js";

export interface ExplainOptions {
  readonly tree: KconfigTree;
  /** The .config that make wrote. */
  readonly result: string;
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
  { tree, result, settings, signal }: ExplainOptions,
): SettingMismatch[] {
  const configuration = evaluate(tree, result);
  return mismatches.map((mismatch, index) => {
    const { name, wanted, got, reason } = mismatch;
    if (reason === "unknown") return { ...mismatch, why: unknownName(tree, name) };
    const value = configuration.value(name);
    if (got === undefined ? value !== "n" && value !== "" : value !== plain(got)) return mismatch;
    const winner = reason === "dropped" ? replacedBy(mismatch, tree, settings) : undefined;
    if (winner !== undefined) {
      const { name: other, file, line } = winner;
      return { ...mismatch, reason: "replaced", why: [`${other}=y at ${file}:${line} took its place.`] };
    }
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

/**
 * The later setting that chose another member of a choice, if that alone cost this one its place: tried by leaving the
 * later one out. A toolchain's fragment replaces in this way what a defconfig says of Buildroot's own toolchain.
 */
function replacedBy(
  { name, wanted, file, line }: SettingMismatch,
  tree: KconfigTree,
  settings: readonly MergedSetting[],
): MergedSetting | undefined {
  const own = settings.find((one) => one.name === name && one.file === file && one.line === line);
  if (own === undefined) return undefined;
  const members = settings.filter(
    (one) =>
      one.requested && one.source > own.source && one.value === "y" && tree.symbol(one.name)?.choice !== undefined,
  );
  const holds = (without: readonly MergedSetting[]): boolean =>
    evaluate(tree, writeSettings(settings.filter((one) => !without.includes(one)))).value(name) === plain(wanted);
  if (members.length === 0 || !holds(members)) return undefined;
  return members.find((member) => holds([member])) ?? members[0];
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

/** A value as Kconfig's functions take it: without quotes. */
function plain(value: string): string {
  return unquote(value) ?? value;
}
