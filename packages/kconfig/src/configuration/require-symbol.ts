import { nearestNames } from "../base/nearest-names.js";
import { KconfigError } from "../errors.js";
import type { KconfigSymbol } from "../model/symbol.js";
import type { KconfigTree } from "../model/tree.js";

/** The symbol with this name. Throws UNKNOWN_SYMBOL, with the names that are near. */
export function requireSymbol(tree: KconfigTree, name: string): KconfigSymbol {
  const symbol = tree.symbol(name);
  return symbol ?? refuse(tree, name);
}

/** As `requireSymbol`, also where the tree only mentions the name. */
export function requireDefined(tree: KconfigTree, name: string): KconfigSymbol {
  const symbol = requireSymbol(tree, name);
  return symbol.isDefined ? symbol : refuse(tree, name);
}

function refuse(tree: KconfigTree, name: string): never {
  const names = tree.symbols.map((entry) => entry.name);
  const near = nearestNames(name, names);
  throw new KconfigError("UNKNOWN_SYMBOL", `The tree has no symbol ${name}.`, {
    hint: near.length === 0 ? "Look the name up in the tree's files." : `Did you mean ${near.join(" or ")}?`,
    details: { name, near },
  });
}
