import * as Kind from "../expression/kinds.js";
import { NONE } from "../expression/pool.js";
import { visitSymbols } from "../expression/symbols-of.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";

/** What a symbol of the older tree is called in the newer one. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /**
   * `select`: the old name is kept for the sake of old configurations and selects the new one. `default`: the new symbol
   * takes its default from the old name. `prompt`: the prompt is the same, and no other symbol has it. `name`: the names
   * differ little, and both stand in the same file.
   */
  readonly evidence: "select" | "default" | "prompt" | "name";
}

/** What the newer tree has for old configurations alone: Buildroot's legacy symbols, Linux' transitional ones. */
export function isRetired(tree: KconfigTree, symbol: KconfigSymbol): boolean {
  if (symbol.transitional) return true;
  const legacy = tree.symbol("BR2_LEGACY");
  return legacy !== undefined && symbol !== legacy && selectsOf(tree, symbol).includes(legacy.name);
}

/** Finds out what became of names; the strongest evidence counts. */
export function findRenames(
  before: KconfigTree,
  after: KconfigTree,
  gone: readonly KconfigSymbol[],
  added: readonly KconfigSymbol[],
): Rename[] {
  const byDefault = defaultsFrom(after);
  const prompts = promptIndex(added);
  const taken = new Set<string>();
  const names = new Map(added.map((symbol) => [symbol.name, symbol]));
  const renames: Rename[] = [];
  for (const old of gone) {
    const rename = ((): Omit<Rename, "from"> | undefined => {
      const kept = after.symbol(old.name);
      const [selected] = kept === undefined ? [] : selectsOf(after, kept).filter((name) => name !== "BR2_LEGACY");
      if (selected !== undefined) return { to: selected, evidence: "select" };
      const follower = byDefault.get(old.name);
      if (follower !== undefined) return { to: follower, evidence: "default" };
      const same = prompts.get(promptKey(old));
      if (same !== undefined && same.length === 1) return { to: same[0]!.name, evidence: "prompt" };
      const near = similarName(before, old, names);
      return near === undefined || taken.has(near) ? undefined : { to: near, evidence: "name" };
    })();
    if (rename === undefined) continue;
    taken.add(rename.to);
    renames.push({ from: old.name, ...rename });
  }
  return renames;
}

function selectsOf(tree: KconfigTree, symbol: KconfigSymbol): string[] {
  const { pool, table } = tree.internals;
  return symbol.properties
    .filter(({ kind }) => kind === "select")
    .map(({ value }) => table.symbols[pool.left(value)]!.name);
}

/** By old name, the one symbol whose default or condition of a default asks for it. */
function defaultsFrom(tree: KconfigTree): Map<string, string> {
  const { pool, table } = tree.internals;
  const found = new Map<string, string>();
  for (const symbol of tree.symbols) {
    if (isRetired(tree, symbol)) continue;
    for (const { kind, value, condition } of symbol.properties) {
      if (kind !== "default") continue;
      for (const expression of [value, condition]) {
        if (expression === NONE) continue;
        visitSymbols(pool, expression, (id) => {
          const source = table.symbols[id]!;
          const plain = pool.kind(value) === Kind.symbol && expression === value;
          if (source.isDefined && isRetired(tree, source) && (plain || pool.kind(condition) === Kind.symbol)) {
            found.set(source.name, symbol.name);
          }
        });
      }
    }
  }
  return found;
}

const promptKey = ({ type, prompt }: KconfigSymbol): string => `${type} ${prompt ?? ""}`;

function promptIndex(symbols: readonly KconfigSymbol[]): Map<string, KconfigSymbol[]> {
  const index = new Map<string, KconfigSymbol[]>();
  for (const symbol of symbols) {
    if (symbol.prompt === undefined || symbol.prompt.length < 6) continue;
    const key = promptKey(symbol);
    index.set(key, [...(index.get(key) ?? []), symbol]);
  }
  return index;
}

/** The added symbol of the same type and file whose name has the most words in common, if it is most of them. */
function similarName(
  before: KconfigTree,
  old: KconfigSymbol,
  added: ReadonlyMap<string, KconfigSymbol>,
): string | undefined {
  const words = new Set(old.name.split("_"));
  const path = old.menus[0]?.location.path;
  let best: { readonly name: string; readonly score: number } | undefined;
  for (const { name, type, menus } of added.values()) {
    if (type !== old.type || menus[0]?.location.path !== path || before.symbol(name) !== undefined) continue;
    const others = name.split("_");
    const shared = others.filter((word) => words.has(word)).length;
    const score = shared / Math.max(words.size, others.length);
    if (score >= 0.75 && score > (best?.score ?? 0)) best = { name, score };
  }
  return best?.name;
}
