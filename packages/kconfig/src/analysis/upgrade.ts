import { createConfiguration, type Configuration } from "../configuration/configuration.js";
import { ConfigDocument } from "../config/document.js";
import { readConfig } from "../config/read.js";
import { applyFragments, type RequestOutcome } from "../explain/apply-fragments.js";
import type { Fragment } from "../explain/merge.js";
import type { Obstacle } from "../explain/explain.js";
import { printExpression } from "../expression/print.js";
import type { KconfigSymbol, Location } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";
import { findRenames, isRetired, type Rename } from "./renames.js";

/** A symbol that only one of the trees has. */
export interface OneSided extends Location {
  readonly name: string;
  readonly type: string;
  readonly prompt: string | undefined;
}

/** A symbol whose default is another one. */
export interface ChangedDefault extends Location {
  readonly name: string;
  /** The default values as the files have them. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The value that the symbol has where nobody sets anything. */
  readonly value: { readonly before: string; readonly after: string };
}

/** What becomes of one line of a configuration. */
export interface UpgradedLine {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  /**
   * `kept`: the value holds. `redundant`: it holds, and would without the line. `renamed`: there is a symbol to take its
   * place. `removed`: the newer tree has no such symbol, or only for the sake of old configurations. `dropped`: the value
   * does not hold, though it did. `ineffective`: it does not hold, and did not before.
   */
  readonly status: "kept" | "redundant" | "renamed" | "removed" | "dropped" | "ineffective";
  readonly renamedTo: string | undefined;
  /** What stands in the way of a dropped or ineffective value. */
  readonly obstacles: readonly Obstacle[];
}

export interface UpgradeReport {
  readonly renamed: readonly Rename[];
  readonly removed: readonly OneSided[];
  readonly added: readonly OneSided[];
  readonly changedDefaults: readonly ChangedDefault[];
  readonly changedTypes: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** The lines of the configuration, if there is one. */
  readonly lines: readonly UpgradedLine[];
  /** The configuration with names replaced by those that took their place; nothing else is changed. */
  readonly text: string | undefined;
}

/** What differs between two versions of a tree, and what that means for a configuration or defconfig of the older one. */
export function compareTrees(
  before: KconfigTree,
  after: KconfigTree,
  options: { readonly config?: Fragment } = {},
): UpgradeReport {
  const isKnown = (tree: KconfigTree, name: string): boolean => {
    const symbol = tree.symbol(name);
    return symbol !== undefined && symbol.isDefined && !symbol.isChoice && !isRetired(tree, symbol);
  };
  const current = (tree: KconfigTree): KconfigSymbol[] => tree.symbols.filter((symbol) => !isRetired(tree, symbol));
  const gone = current(before).filter(({ name }) => !isKnown(after, name));
  const added = current(after).filter(({ name }) => !isKnown(before, name));
  const retired = before.symbols.filter((symbol) => isRetired(before, symbol));
  const renamed = findRenames(before, after, [...gone, ...retired], added);
  const targets = new Set(renamed.map(({ to }) => to));
  const sources = new Set(renamed.map(({ from }) => from));
  const both = current(after).filter(({ name }) => isKnown(before, name));
  const { lines, text } = upgradeConfig(before, after, renamed, options.config);
  return {
    renamed: renamed.filter(({ from }) => isKnown(before, from)),
    removed: gone.filter(({ name }) => !sources.has(name)).map(oneSided),
    added: added.filter(({ name }) => !targets.has(name)).map(oneSided),
    changedDefaults: changedDefaults(before, after, both),
    changedTypes: both
      .map(({ name, type }) => ({ name, before: before.symbol(name)!.type, after: type }))
      .filter((entry) => entry.before !== entry.after),
    lines,
    text,
  };
}

const oneSided = ({ name, type, prompt, menus }: KconfigSymbol): OneSided => ({
  name,
  type,
  prompt,
  ...menus[0]!.location,
});

function changedDefaults(before: KconfigTree, after: KconfigTree, both: readonly KconfigSymbol[]): ChangedDefault[] {
  const defaults = (tree: KconfigTree): Configuration => {
    const configuration = createConfiguration(tree);
    configuration.preset("default");
    return configuration;
  };
  const [old, next] = [defaults(before), defaults(after)];
  return both
    .map(({ name, menus }): ChangedDefault => {
      const value = { before: old.value(name), after: next.value(name) };
      const [was, is] = [defaultValues(before, name), defaultValues(after, name)];
      return { name, ...menus[0]!.location, before: was, after: is, value };
    })
    .filter((entry) => entry.value.before !== entry.value.after || entry.before.join("\n") !== entry.after.join("\n"));
}

function defaultValues(tree: KconfigTree, name: string): string[] {
  const { pool, table } = tree.internals;
  const nameOf = (id: number): string => {
    const symbol = table.symbols[id]!;
    return symbol.isConstant && !/^[ymn]$/.test(symbol.name) ? JSON.stringify(symbol.name) : symbol.name;
  };
  return tree
    .symbol(name)!
    .properties.filter(({ kind, menu }) => kind === "default" && menu !== undefined)
    .map(({ value }) => printExpression(pool, value, nameOf));
}

function upgradeConfig(
  before: KconfigTree,
  after: KconfigTree,
  renamed: readonly Rename[],
  config: Fragment | undefined,
): { lines: UpgradedLine[]; text: string | undefined } {
  if (config === undefined) return { lines: [], text: undefined };
  const to = new Map(renamed.map((rename) => [rename.from, rename.to]));
  const document = ConfigDocument.parse(config.text, { dialect: after.dialect });
  for (const name of document.names()) {
    const next = to.get(name);
    if (next !== undefined && !document.has(next)) document.rename(name, next);
  }
  const text = document.toString();
  const old = outcomes(createConfiguration(before), config);
  const configuration = createConfiguration(after);
  const next = outcomes(configuration, { path: config.path, text });
  const minimal = new Set(readConfig(configuration.writeMinimal(), { dialect: after.dialect }).map(({ name }) => name));
  const lines = [...old.values()].map(({ name, value, line, outcome }): UpgradedLine => {
    const target = to.get(name);
    const now = next.get(target ?? name);
    const base = { name, value, line, renamedTo: target, obstacles: now?.obstacles ?? [] };
    const symbol = after.symbol(target ?? name);
    if (target !== undefined) return { ...base, status: "renamed" };
    if (symbol === undefined || !symbol.isDefined || isRetired(after, symbol)) return { ...base, status: "removed" };
    if (now?.outcome === "held") return { ...base, status: minimal.has(name) ? "kept" : "redundant" };
    return { ...base, status: outcome === "held" ? "dropped" : "ineffective" };
  });
  return { lines: lines.sort((a, b) => a.line - b.line), text };
}

function outcomes(configuration: Configuration, config: Fragment): Map<string, RequestOutcome> {
  const { requests } = applyFragments(configuration, [config]);
  return new Map(requests.map((request) => [request.name, request]));
}
